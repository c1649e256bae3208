package nets

import "testing"

// TestOnlyTheMailItselfNamesItsReceiver shows that the net over the log looks away from nothing but to whom a mail goes.
func TestOnlyTheMailItselfNamesItsReceiver(t *testing.T) {
	for line, clean := range map[string]bool{
		`level=WARN msg="THIS MAIL WAS NOT SENT: no mail server is set, so it is shown here" to=zqzqzq12x@out.example subject=Hello`: true,
		`level=INFO msg="mail | ATTENDEE;CN=You;RSVP=TRUE:mailto:zqzqzq12x@out.example"`:                                             true,
		`level=INFO msg="mail | You asked zqzqzq12x@out.example"`:                                                                    false,
		`level=INFO msg="mail | SUMMARY:zqzqzq12x@out.example"`:                                                                      false,
		`level=INFO msg="could not send" to=zqzqzq12x@out.example`:                                                                   false,
		`level=WARN msg="THIS MAIL WAS NOT SENT" to=zqzqzq12x@out.example subject="for zqzqzq13x@out.example"`:                       false,
	} {
		if got := marked.FindString(withoutReceivers(line)) == ""; got != clean {
			t.Errorf("%s: clean is %v", line, got)
		}
	}
}
