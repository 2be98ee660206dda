# METADATA
# title: Ranges of IP addresses
# description: Of IPv4 and IPv6, as texts such as `10.0.0.0/8`, computed here since WebAssembly has no `net`.
package portcullis.lib.cidrs

# METADATA
# description: Whether a range is all of IPv4 or of IPv6.
is_everything(text) if {
	[_, 0] = _parse(text)
}

# METADATA
# description: Whether `inner` lies within `outer`. Texts that are no ranges lie nowhere.
contains_range(outer, inner) if {
	[address, length] := _parse(outer)
	[other, other_length] := _parse(inner)
	count(address) == count(other)
	length <= other_length
	every index, group in address {
		_agree(group, other[index], length - (index * _width(address)), _width(address))
	}
}

# METADATA
# description: Whether `range` without the ranges in `except` still has `part`.
reaches(range, except, part) if {
	contains_range(range, part)
	every excluded in except {
		not contains_range(excluded, part)
	}
}

# Bits of a group: 8 in IPv4, 16 in IPv6.
_width(address) := 8 if count(address) == 4

_width(address) := 16 if count(address) == 8

# Whether two groups agree in as many leading bits as the range still has there.
_agree(_, _, left, _) if left <= 0

_agree(group, other, left, width) if {
	left > 0
	shift := max([0, width - left])
	bits.rsh(group, shift) == bits.rsh(other, shift)
}

_parse(text) := [_address(parts[0]), to_number(parts[1])] if {
	is_string(text)
	parts := split(text, "/")
	count(parts) == 2
	regex.match(`^[0-9]{1,3}$`, parts[1])
}

_address(text) := groups if {
	regex.match(`^[0-9]{1,3}(\.[0-9]{1,3}){3}$`, text)
	groups := [to_number(part) | some part in split(text, ".")]
} else := groups if {
	regex.match(`^[0-9a-fA-F:]+$`, text)
	count(_groups(text)) == 8
	groups := [_hex(group) | some group in _groups(text)]
	count(groups) == 8
}

# `::` stands for as many zeroes as are missing.
_groups(text) := array.flatten([head, ["0" | some _ in numbers.range(1, (8 - count(head)) - count(tail))], tail]) if {
	halves := split(text, "::")
	count(halves) == 2
	[head, tail] := [[group | some group in split(half, ":"); group != ""] | some half in halves]
	count(head) + count(tail) < 8
} else := split(text, ":")

_hex(text) := sum([value |
	digits := split(lower(text), "")
	some index, digit in digits
	value := _digit[digit] * _power[(count(digits) - 1) - index]
]) if {
	count(text) in {1, 2, 3, 4}
}

_digit := {digit: value | some value, digit in split("0123456789abcdef", "")}

_power := [1, 16, 256, 4096]
