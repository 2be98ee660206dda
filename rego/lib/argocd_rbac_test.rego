package portcullis.lib.argocd_rbac_test

import data.portcullis.lib.argocd_rbac

test_all_powerful if {
	argocd_rbac.all_powerful("p, role:a, *, *, */*, allow\n p,role:b,*,*,*,allow\r\np, role:c, *, *, */*, deny") == {"role:a", "role:b"}
	argocd_rbac.all_powerful("# p, role:a, *, *, */*, allow\np, role:a, applications, *, */*, allow\np, *") == set()
	argocd_rbac.all_powerful(null) == set()
}

test_broad_admins if {
	text := "g, acme:Everyone, role:admin\ng, oidc/all, role:admin\ng, staff, role:admin\ng, everyone, role:readonly\ng, x, role:admin"
	argocd_rbac.broad_admins(text, ["everyone", "All", "staff"]) == {"acme:Everyone", "oidc/all", "staff"}
	argocd_rbac.broad_admins("g, everyone", ["everyone"]) == set()
}
