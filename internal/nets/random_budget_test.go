package nets

func init() {
	for _, name := range []string{"budgets.cost_centre", "budgets.name", "budgets.fold", "budgets.currency",
		"budget_reservations.thing_kind", "budget_reservations.until", "budget_reservations.state"} {
		facts[name] = true
	}
}
