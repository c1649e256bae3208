package web

import (
	"fmt"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/digest"
)

// fillDigest fills the fields that say when the digest comes.
func (y *you) fillDigest(c *call) error {
	chosen, err := digest.Chosen(c.tx, c.me)
	if err != nil {
		return err
	}
	var days, hours []Option
	for i := range 7 {
		day := time.Weekday((i + 1) % 7)
		days = append(days, Option{Value: strconv.Itoa(int(day)), Label: day.String(), Chosen: day == chosen.Weekday})
	}
	for hour := digest.FirstHour; hour <= digest.LastHour; hour++ {
		hours = append(hours, Option{Value: strconv.FormatInt(hour, 10), Label: fmt.Sprintf("%d:00", hour), Chosen: hour == chosen.Hour})
	}
	form := c.formWith("weekday")
	y.Weekday = form.field(Field{Name: "weekday", Label: "Day", Type: "select", Options: days}, strconv.Itoa(int(chosen.Weekday)))
	y.Hour = form.field(Field{Name: "hour", Label: "Hour", Type: "select", Options: hours}, strconv.FormatInt(chosen.Hour, 10))
	return nil
}

func chooseDigest(c *call) (string, error) {
	weekday, err := strconv.Atoi(c.text("weekday"))
	if err != nil {
		weekday = -1
	}
	hour, err := strconv.ParseInt(c.text("hour"), 10, 64)
	if err != nil {
		hour = -1
	}
	c.say(saidDigest)
	return "/you#notices", digest.Choose(c.tx, c.me, digest.Choice{Weekday: time.Weekday(weekday), Hour: hour})
}
