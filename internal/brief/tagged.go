package brief

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tag is what a piece of the page is for who hears it.
type tag string

const (
	aParagraph tag = "P"
	aTitle     tag = "H1"
	aHeading   tag = "H2"
	anItem     tag = "LI" // of a list
)

// said is a piece as it was written: its tag, and on how many lines.
type said struct {
	tag   tag
	lines int
}

var (
	anObject  = regexp.MustCompile(`(?m)^(\d+) 0 obj\b`)
	trailerOf = regexp.MustCompile(`(?s)trailer\s*<<(.*?)>>\s*startxref\s*(\d+)`)
	sizeOf    = regexp.MustCompile(`/Size (\d+)`)
	contents  = regexp.MustCompile(`/Contents\s+(\d+) 0 R`)
	dictOf    = regexp.MustCompile(`(?s)^\d+ 0 obj\s*<<(.*)>>\s*endobj`)
	streamOf  = regexp.MustCompile(`/Length (\d+)\s*>>\s*?stream\r?\n`)
)

// tagged adds what the library does not write: in which language the document is, that its title is
// its name, and what each piece of it is, in the order in which it is read. All of it is written after
// the end of the document, in the way in which the format takes changes.
func tagged(whole []byte, pieces []said) ([]byte, error) {
	u := update{whole: whole, objects: objectsOf(whole), written: map[int]string{}}
	trailer := trailerOf.FindSubmatch(whole)
	catalog, page := u.find("/Type /Catalog"), u.find("/Type /Page\n")
	if trailer == nil || catalog == 0 || page == 0 {
		return nil, fmt.Errorf("the document has no page that can be read")
	}
	size := sizeOf.FindSubmatch(trailer[1])
	drawn := contents.FindStringSubmatch(u.objects[page])
	if size == nil || drawn == nil {
		return nil, fmt.Errorf("the page has nothing on it")
	}
	u.next, _ = strconv.Atoi(string(size[1]))
	content, _ := strconv.Atoi(drawn[1])
	lines, err := linesOf(u.objects[content])
	if err != nil {
		return nil, err
	}
	marked, err := marked(lines, pieces)
	if err != nil {
		return nil, err
	}
	u.written[content] = fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(marked), marked)
	u.written[page] = "<< " + strings.Join(strings.Fields(dictOf.FindStringSubmatch(u.objects[page])[1]), " ") + " /StructParents 0 /Tabs /S >>"
	root := u.structure(page, pieces)
	u.written[catalog] = "<<" + dictOf.FindStringSubmatch(u.objects[catalog])[1] +
		fmt.Sprintf("/Lang (en)\n/ViewerPreferences << /DisplayDocTitle true >>\n/MarkInfo << /Marked true >>\n/StructTreeRoot %d 0 R\n>>", root)
	return u.bytes(sizeOf.ReplaceAllString(string(trailer[1]), fmt.Sprintf("/Size %d", u.next)), string(trailer[2])), nil
}

// update is what comes after the end of a document.
type update struct {
	whole   []byte
	objects map[int]string // of the document, by number
	written map[int]string // new and changed, by number
	next    int            // the number of the next new object
}

func objectsOf(whole []byte) map[int]string {
	objects := map[int]string{}
	at := anObject.FindAllSubmatchIndex(whole, -1)
	for i, each := range at {
		end := len(whole)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		number, _ := strconv.Atoi(string(whole[each[2]:each[3]]))
		objects[number] = string(whole[each[0]:end])
	}
	return objects
}

func (u *update) find(kind string) int {
	for number, text := range u.objects {
		if strings.Contains(text, kind) && dictOf.MatchString(text) {
			return number
		}
	}
	return 0
}

// add keeps a new object and gives its number.
func (u *update) add(text string) int {
	number := u.next
	u.next++
	u.written[number] = text
	return number
}

// linesOf are the lines of text of a page, each as the library draws it.
func linesOf(object string) ([]string, error) {
	at := streamOf.FindStringSubmatchIndex(object)
	if at == nil {
		return nil, fmt.Errorf("the page has nothing on it")
	}
	long, _ := strconv.Atoi(object[at[2]:at[3]]) // what is pressed together may end with any byte
	r, err := zlib.NewReader(strings.NewReader(object[at[1]:min(at[1]+long, len(object))]))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	lines := strings.SplitAfter(strings.TrimSpace(string(text)), "\nET")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return slices.DeleteFunc(lines, func(l string) bool { return l == "" }), nil
}

// marked are the lines of the page with a mark around those of each piece.
func marked(lines []string, pieces []said) (string, error) {
	var b strings.Builder
	for n, p := range pieces {
		if p.lines > len(lines) {
			return "", fmt.Errorf("the page has fewer lines than were written")
		}
		name := p.tag
		if name == anItem {
			name = "LBody"
		}
		fmt.Fprintf(&b, "/%s <</MCID %d>> BDC\n%s\nEMC\n", name, n, strings.Join(lines[:p.lines], "\n"))
		lines = lines[p.lines:]
	}
	if len(lines) > 0 {
		return "", fmt.Errorf("the page has more lines than were written")
	}
	return b.String(), nil
}

// structure writes the tree of what is on the page, and gives the number of its root.
func (u *update) structure(page int, pieces []said) int {
	root, document := u.add(""), u.add("")
	var children, marks []string
	list := 0
	var items []string
	endList := func() {
		if list != 0 {
			u.written[list] = element("L", document, "["+strings.Join(items, " ")+"]")
		}
		list, items = 0, nil
	}
	for n, p := range pieces {
		onPage := fmt.Sprintf("%d /Pg %d 0 R", n, page)
		if p.tag != anItem {
			endList()
			one := ref(u.add(element(string(p.tag), document, onPage)))
			children, marks = append(children, one), append(marks, one)
			continue
		}
		if list == 0 {
			list = u.add("")
			children = append(children, ref(list))
		}
		each := u.add("")
		body := ref(u.add(element("LBody", each, onPage)))
		u.written[each] = element("LI", list, body)
		items, marks = append(items, ref(each)), append(marks, body)
	}
	endList()
	u.written[document] = element("Document", root, "["+strings.Join(children, " ")+"]")
	u.written[root] = fmt.Sprintf("<< /Type /StructTreeRoot /K %s /ParentTree << /Nums [0 [%s]] >> /ParentTreeNextKey 1 >>", ref(document), strings.Join(marks, " "))
	return root
}

func element(name string, parent int, kids string) string {
	return fmt.Sprintf("<< /Type /StructElem /S /%s /P %d 0 R /K %s >>", name, parent, kids)
}

func ref(number int) string { return strconv.Itoa(number) + " 0 R" }

// bytes are the document with what was written after it.
func (u *update) bytes(trailer, before string) []byte {
	var b bytes.Buffer
	b.Write(u.whole)
	b.WriteString("\n")
	var numbers []int
	for number := range u.written {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	var table strings.Builder
	for _, number := range numbers {
		fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", number, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", number, u.written[number])
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n%strailer\n<<%s/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n", table.String(), trailer, before, start)
	return b.Bytes()
}
