package reach

import "testing"

func TestOnlyAddressesOfTheWorldArePublic(t *testing.T) {
	for address, public := range map[string]bool{
		"93.184.216.34:443": true, "[2606:4700::1111]:443": true,
		"127.0.0.1:443": false, "[::1]:443": false, "10.1.2.3:443": false, "172.16.0.1:443": false, "192.168.1.1:443": false,
		"169.254.169.254:80": false, "[fe80::1%eth0]:443": false, "[fd00::1]:443": false, "0.0.0.0:443": false, "[::]:443": false,
		"100.64.0.1:443": false, "198.18.0.1:443": false, "224.0.0.1:443": false, "255.255.255.255:443": false,
		"[::ffff:127.0.0.1]:443": false, "[::ffff:10.0.0.1]:443": false, "[64:ff9b::a00:1]:443": false, "[2002:a00:1::]:443": false, "nonsense": false,
		"[2a00:1450:4001::1]:443": true, "[2001:4860:4860::8888]:443": true, "[2001:200::1]:443": true, "192.88.98.1:443": true,
		"192.88.99.1:443": false, "[2001::a00:1]:443": false, "[2001:20::1]:443": false, "[2001:db8::1]:443": false, "[3fff::1]:443": false,
		"[64:ff9b:1::1]:443": false, "[100::1]:443": false, "[fec0::1]:443": false, "[::10.0.0.1]:443": false, "[::ffff:0:10.0.0.1]:443": false,
		"[4000::1]:443": false, "[5f00::1]:443": false, "[ff02::1]:443": false,
	} {
		if got := isPublic(address); got != public {
			t.Errorf("%s: %t", address, got)
		}
	}
}
