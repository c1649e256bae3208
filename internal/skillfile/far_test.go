package skillfile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/skillfile"
)

func TestARowFarDownIsReadInNoTime(t *testing.T) {
	raw := workbook(t, [][]string{{"skill"}, {"Go"}})
	sheet := string(part(t, raw, "xl/worksheets/sheet1.xml"))
	for _, far := range []string{"1048576", "99999999999", "400000"} {
		changed := strings.Replace(strings.Replace(sheet, `<row r="2"`, `<row r="`+far+`"`, 1), `r="A2"`, `r="A`+far+`"`, 1)
		begin := time.Now()
		_, err := skillfile.Read(strings.NewReader(string(replaced(t, raw, map[string][]byte{"xl/worksheets/sheet1.xml": []byte(changed)}))), skillfile.Options{})
		t.Log(far, time.Since(begin), err)
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("a row at %s took %v", far, took)
		}
	}
}
