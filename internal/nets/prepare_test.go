package nets

// What is kept to prepare conversations.
func init() {
	facts["agenda_items.section"] = true
}
