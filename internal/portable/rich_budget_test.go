package portable_test

// What is exported of budgets: the lines are the organisation's.
func init() {
	for _, name := range []string{"budgets.cost_centre", "budgets.name", "budgets.currency"} {
		notExported[name] = "the organisation's"
	}
	notExported["budgets.fold"] = "made from a name"
}
