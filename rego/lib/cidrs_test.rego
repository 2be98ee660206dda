package portcullis.lib.cidrs_test

import data.portcullis.lib.cidrs

test_everything if {
	cidrs.is_everything("0.0.0.0/0")
	cidrs.is_everything("::/0")
	every text in ["10.0.0.0/8", "0.0.0.0", "x/0", "0.0.0.0/x", "1:2/0", 7, null] {
		not cidrs.is_everything(text)
	}
}

test_within if {
	every pair in [
		["10.0.0.0/8", "10.1.2.3/32"],
		["10.0.0.0/9", "10.127.0.0/16"],
		["172.16.0.0/12", "172.31.255.0/24"],
		["169.254.169.254/32", "169.254.169.254/32"],
		["fd00::/8", "fd00:ec2::254/128"],
		["FD00:0EC2::/33", "fd00:ec2:0:0:0:0:0:254/128"],
		["::/0", "::1/128"],
		["1::/16", "1:2:3:4:5:6:7:8/128"],
	] {
		cidrs.contains_range(pair[0], pair[1])
	}
}

test_without if {
	every pair in [
		["10.0.0.0/9", "10.128.0.0/16"],
		["10.1.0.0/16", "10.0.0.0/8"],
		["172.16.0.0/12", "172.32.0.0/16"],
		["0.0.0.0/0", "::1/128"],
		["fd00::/16", "fd01::1/128"],
		["::12345/0", "::1/128"],
		["1:2:3:4:5:6:7::8/0", "::1/128"],
	] {
		not cidrs.contains_range(pair[0], pair[1])
	}
}

test_reaches if {
	cidrs.reaches("0.0.0.0/0", ["10.0.0.0/8", 7], "169.254.169.254/32")
	not cidrs.reaches("0.0.0.0/0", ["169.254.0.0/16"], "169.254.169.254/32")
	not cidrs.reaches("10.0.0.0/8", [], "169.254.169.254/32")
}
