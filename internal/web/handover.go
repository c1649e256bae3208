package web

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/handover"
)

type handoverContent struct {
	handover.Handover
	Things  Field
	Nothing Empty
}

var handoverPage = declare[handoverContent]("handover.html")

// showHandover shows what a former manager saw, for the owner to decide what the new one sees.
func showHandover(c *call) (view, error) {
	pending, err := handover.Pending(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := handoverContent{Handover: pending, Things: Field{
		Name: "show", Type: "checkbox", Label: "Show " + pending.Manager.Name,
		Hint: "What you leave unticked stays yours alone. You can share it later, too.",
	}}
	main.Nothing = Empty{"When your manager changes, you choose here what the new one sees.", "Back to the plan", "/plan"}
	for _, item := range pending.Items {
		main.Things.Options = append(main.Things.Options, Option{
			Value: string(item.Share), Label: item.Title, Hint: item.Described(), Chosen: c.form.ticked("show", string(item.Share)),
		})
	}
	return handoverPage.show(c, "A new manager", "plan", main)
}

func decideHandover(c *call) (string, error) {
	var chosen []db.ID
	for _, id := range c.Form["show"] {
		chosen = append(chosen, db.ID(id))
	}
	if c.FormValue("all") != "" {
		pending, err := handover.Pending(c.tx, c.me)
		if err != nil {
			return "", err
		}
		chosen = nil
		for _, item := range pending.Items {
			chosen = append(chosen, item.Share)
		}
	}
	return "/plan", handover.Decide(c.tx, c.me, chosen)
}
