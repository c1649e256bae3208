package web

// What the organisation offers and keeps count of.

// budgetRoutes are the money of cost centres by year, and what is held of it.
func (s *Server) budgetRoutes() {
	s.get("/budgets", Colleague, listBudgets)
	s.get("/budgets.csv", Colleague, downloadBudgets)
	s.get("/budgets/new", Programmes, newBudget)
	s.post("/budgets", Programmes, makeBudget, newBudget)
	s.get("/budgets/{id}", Answers, showBudget)
	s.get("/budgets/{id}/edit", Programmes, editBudget)
	s.post("/budgets/{id}", Programmes, changeBudget, editBudget)
	s.post("/budgets/{id}/closing", Programmes, closeBudget, editBudget)
	s.post("/budgets/{id}/reopening", Programmes, reopenBudget, editBudget)
	s.get("/reservations/{id}", Sides, showReservation)
	s.post("/reservations/{id}/spending", Sides, spendReservation, showReservation)
	s.post("/reservations/{id}/returning", Sides, returnReservation, showReservation)
	s.post("/reservations/{id}/day", Asked, holdReservation, showReservation)
}
