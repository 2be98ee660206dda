package portcullis.lib.revisions_test

import data.portcullis.lib.revisions

test_text if {
	revisions.text("a") == "a"
	revisions.text(1.2) == "1.2"
	revisions.text(null) == ""
}

test_git if {
	every revision in ["v1.2.3", "1.2", "0123abc", "refs/tags/stable", "chart-1.2.0", "v4", "release-1.30"] {
		revisions.git(revision) == "exact"
	}
	every revision in ["", "HEAD", "main", "refs/heads/main", "stable", "env/prod"] {
		revisions.git(revision) == "branch"
	}
	every revision in ["*", "1.x", "^1.2.0", ">=1.0.0 <2.0.0", "1.2.*"] {
		revisions.git(revision) == "range"
	}
	every revision in ["{{branch}}", "${REV}"] {
		not revisions.git(revision)
	}
}

test_versions if {
	every version in ["", "latest", "*", "1.x", "~1.2", ">= 1.0.0", "1", "v1.2", "1.0.0 - 2.0.0", "^1 || ^2"] {
		revisions.is_loose(version)
	}
	every version in ["1.2.3", "v1.2.3-rc.1", "1.2.3+build", "{{ version }}", "${VERSION:-*}"] {
		not revisions.is_loose(version)
	}
}

test_urls if {
	every url in [
		"https://github.com/a/b//c?ref=v1.2.3",
		"https://github.com/a/b?timeout=90s&ref=0123456789012345678901234567890123456789",
		"https://github.com/a/b/releases/download/v1.2.3/install.yaml",
		"https://raw.githubusercontent.com/a/b/chart-1.2.3/install.yaml",
		"https://raw.githubusercontent.com/a/b/0123456789012345678901234567890123456789/a.yaml",
	] {
		revisions.of_url(url) == "exact"
	}
	every url in [
		"https://github.com/a/b//c",
		"github.com/a/b?ref=main",
		"https://github.com/a/b?ref=",
		"https://raw.githubusercontent.com/a/b/main/install.yaml",
		"https://github.com/a/b/releases/latest/download/install.yaml",
	] {
		revisions.of_url(url) == "loose"
	}
	{url |
		some url in ["https://github.com/a/b?ref=${REV}", "https://github.com/{{org}}/b"]
		revisions.of_url(url)
	} == set()
}
