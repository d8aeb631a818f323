package page

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix/numpy"
	"backprop/network"
)

// newTestHandler returns the handler of the page of the series' flowers.
func newTestHandler(t testing.TB) *handler {
	t.Helper()
	h, err := newHandler(testNotebook)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// ask asks the handler for a path, as a browser on this machine does.
func ask(h http.Handler, method, target string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, "http://localhost"+target, nil))
	return w
}

// mustGet returns the page at the target, as it is written and as elements.
func mustGet(t *testing.T, h http.Handler, target string, code int) (string, *htmlNode) {
	t.Helper()
	w := ask(h, "GET", target)
	if w.Code != code {
		t.Fatalf("%.200s: got status %d, want %d", target, w.Code, code)
	}
	doc, err := parseHTML(w.Body.String())
	if err != nil {
		t.Fatalf("%.200s: %v", target, err)
	}
	return w.Body.String(), doc
}

// checkHeaders checks the headers that every answer has to have.
func checkHeaders(t *testing.T, header http.Header) {
	t.Helper()
	for name, want := range map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "no-cache",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	policy := header.Get("Content-Security-Policy")
	directives := map[string]string{}
	for _, directive := range strings.Split(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), " ")
		directives[name] = value
	}
	for name, want := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
		"form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
	} {
		if got := directives[name]; got != want {
			t.Errorf("policy %q: got %s %q, want %q", policy, name, got, want)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
		t.Errorf("got the policy %q, want none that lets in what is not from here", policy)
	}
}

func TestServePaths(t *testing.T) {
	h := newTestHandler(t)
	for _, test := range []struct {
		path, contentType string
		code              int
	}{
		{"/", "text/html; charset=utf-8", 200},
		{"/?", "text/html; charset=utf-8", 200},
		{"/?step=3", "text/html; charset=utf-8", 200},
		{"/?step=0", "text/html; charset=utf-8", 400},
		{"/?%", "text/html; charset=utf-8", 400},
		{"/page.css", "text/css; charset=utf-8", 200},
		{"/page.js", "text/javascript; charset=utf-8", 200},
		{"/icon.svg", "image/svg+xml", 200},
		{"/page.html", "text/plain; charset=utf-8", 404},
		{"/favicon.ico", "text/plain; charset=utf-8", 404},
		{"//", "text/plain; charset=utf-8", 404},
		{"/./", "text/plain; charset=utf-8", 404},
		{"/page.css/", "text/plain; charset=utf-8", 404},
		{"/../page.go", "text/plain; charset=utf-8", 404},
		{"/%2e%2e/page.go", "text/plain; charset=utf-8", 404},
		{"/Page.css", "text/plain; charset=utf-8", 404},
		{"/page.css%00", "text/plain; charset=utf-8", 404},
		{"/debug/pprof/", "text/plain; charset=utf-8", 404},
	} {
		t.Run(test.path, func(t *testing.T) {
			get := ask(h, "GET", test.path)
			if get.Code != test.code || get.Header().Get("Content-Type") != test.contentType {
				t.Errorf("got %d and %s, want %d and %s", get.Code, get.Header().Get("Content-Type"), test.code, test.contentType)
			}
			if get.Body.Len() == 0 {
				t.Error("got no content, want some")
			}
			if again := ask(h, "GET", test.path); !bytes.Equal(get.Body.Bytes(), again.Body.Bytes()) {
				t.Error("got other bytes the second time, want the same")
			}
			checkHeaders(t, get.Header())
		})
	}
	for path, want := range map[string]string{"/page.css": pageCSS, "/page.js": pageJS, "/icon.svg": pageIcon} {
		if got := ask(h, "GET", path).Body.String(); got != want {
			t.Errorf("%s: got %.40q, want the file's content", path, got)
		}
	}
}

// HEAD gets the headers of GET and no content; through a real server, for it is
// net/http that leaves the content out.
func TestServeHead(t *testing.T) {
	server := httptest.NewServer(newTestHandler(t))
	defer server.Close()
	for _, path := range []string{"/", "/?step=0", "/page.css", "/page.js", "/icon.svg", "/nothing"} {
		var headers [2]http.Header
		for i, method := range []string{"GET", "HEAD"} {
			request, err := http.NewRequest(method, server.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			response, err := server.Client().Do(request)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(response.Body)
			response.Body.Close()
			if err != nil || (len(body) == 0) != (method == "HEAD") {
				t.Errorf("%s %s: got %d bytes and the error %v, want content for GET alone", method, path, len(body), err)
			}
			headers[i] = response.Header
			headers[i].Del("Date")
		}
		if got, want := fmt.Sprint(headers[1]), fmt.Sprint(headers[0]); got != want || headers[0].Get("Content-Length") == "" {
			t.Errorf("HEAD %s: got %s, want those of GET, %s", path, got, want)
		}
	}
}

func TestServeMethods(t *testing.T) {
	h := newTestHandler(t)
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "BREW"} {
		for _, path := range []string{"/", "/page.css", "/nothing"} {
			w := ask(h, method, path)
			if w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: got %d and Allow %q, want 405 and GET, HEAD", method, path, w.Code, w.Header().Get("Allow"))
			}
			checkHeaders(t, w.Header())
		}
	}
}

// A page of somebody else's whose name leads here must get nothing.
func TestServeHost(t *testing.T) {
	machine, err := os.Hostname()
	if err != nil {
		machine = ""
	}
	for _, test := range []struct {
		host            string
		private, public bool
	}{
		{"localhost", true, true},
		{"localhost:8080", true, true},
		{"LocalHost:8080", true, true},
		{"127.0.0.1", true, true},
		{"127.0.0.1:1", true, true},
		{"127.8.9.10", true, true},
		{"[::1]", true, true},
		{"[::1]:8080", true, true},
		{"[0:0:0:0:0:0:0:1]", true, true},
		{"", false, false},
		{":8080", false, false},
		{"evil.example", false, false},
		{"evil.example:8080", false, false},
		{"localhost.evil.example", false, false},
		{"evil.example.localhost", false, false},
		{"localhost.", false, false},
		{"127.0.0.1.", false, false},
		{"127.0.0.1.evil.example", false, false},
		{"127.0.0.1@evil.example", false, false},
		{"evil.example#localhost", false, false},
		{"2130706433", false, false},
		{"0x7f.1", false, false},
		{"0177.0.0.1", false, false},
		{"localhost localhost", false, false},
		{"192.168.1.7", false, true},
		{"192.168.1.7:8080", false, true},
		{"0.0.0.0", false, true},
		{"[fe80::1]:8080", false, true},
		{"8.8.8.8", false, true},
		{"teacher.example", false, true},
		{"TEACHER.example:8080", false, true},
		{machine, false, machine != ""},
		{machine + ":8080", false, machine != ""},
		{machine + ".local", false, machine != ""},
		{machine + ".evil.example", false, false},
	} {
		if strings.EqualFold(test.host, "localhost") && test.host == machine {
			continue // it is its own name
		}
		for _, public := range []bool{false, true} {
			t.Run(fmt.Sprintf("%q public %v", test.host, public), func(t *testing.T) {
				h, want := newTestHandler(t), test.private
				if public {
					h.names = append(h.names, "teacher.example")
					h.public()
					want = test.public
				}
				for _, path := range []string{"/", "/page.js", "/nothing"} {
					w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "http://localhost"+path, nil)
					r.Host = test.host
					h.ServeHTTP(w, r)
					if got := w.Code != http.StatusMisdirectedRequest; got != want {
						t.Errorf("%s: got status %d, want it let through: %v", path, w.Code, want)
					}
					if !want && (w.Body.Len() > 100 || strings.Contains(w.Body.String(), "<")) {
						t.Errorf("%s: got %.200q, want one line", path, w.Body)
					}
					checkHeaders(t, w.Header())
				}
			})
		}
	}
	// A listener at all addresses has no name, and must let in no request without one.
	h := newTestHandler(t)
	h.names = append(h.names, "")
	h.public()
	if h.isOurs("") || h.isOurs(":80") {
		t.Error("got a request without a host let through, want it refused")
	}
}

// serveTargets are pages of every kind.
var serveTargets = []struct {
	name, target string
	code         int
}{
	{"the notebook", "/", 200},
	{"a later step", "/?step=50&run=300&rate=0.5&flower=101", 200},
	{"one flower, one node", "/?flowers=77&hidden=1", 200},
	{"all of it", "/?flowers=0-149&hidden=16&step=3", 200},
	{"switches on", "/?cover=1&large=1", 200},
	{"the last step", "/?step=100000", 200},
	{"the same flower again", "/?flowers=5,5,5", 200},
	{"huge rate", "/?rate=1e308", 200},
	{"infinite sums", "/?rate=1e308&step=2&run=5", 200},
	{"bad values", "/?step=0&hidden=17&flowers=x&rate=-1&seed=y&run=0&flower=999&cover=2&large=3", 400},
	{"bad URL", "/?%zz", 400},
	{"markup", "/?step=%3Cscript%3Ealert(1)%3C/script%3E&seed=%22+onfocus=%22alert(1)", 400},
	{"no UTF-8", "/?step=%ff%fe&rate=1;%80", 400},
}

// With the policy on inline scripts and styles, whatever stands in the page
// itself would not work; and nothing comes from elsewhere.
func TestServePageNeedsNothingInline(t *testing.T) {
	h := newTestHandler(t)
	for _, test := range serveTargets {
		t.Run(test.name, func(t *testing.T) {
			_, doc := mustGet(t, h, test.target, test.code)
			for _, e := range doc.all("", nil) {
				for name, value := range e.attr {
					if strings.HasPrefix(name, "on") || name == "style" || name == "srcdoc" || name == "formaction" {
						t.Errorf("got <%s %s=%q>, want no such attribute", e.name, name, value)
					}
					if slices.Contains([]string{"href", "src", "action"}, name) && !regexp.MustCompile(`^(#|/([^/]|$))`).MatchString(value) {
						t.Errorf("got <%s %s=%q>, want a path of this server", e.name, name, value)
					}
				}
				switch {
				case slices.Contains([]string{"style", "base", "iframe", "object", "embed", "img"}, e.name):
					t.Errorf("got <%s>, want no such element", e.name)
				case e.name == "script" && e.attr["src"] == "/page.js" && e.text() == "":
				case e.name == "script" && e.attr["type"] == "application/json" && e.attr["src"] == "":
				case e.name == "script":
					t.Errorf("got <script> with %v, want no such script", e.attr)
				}
			}
			if got := len(doc.all("script", has("src", "/page.js"))); got != 1 {
				t.Errorf("got %d times the script, want it once", got)
			}
			if got := len(doc.all("link", has("href", "/page.css"))); got != 1 {
				t.Errorf("got %d times the style sheet, want it once", got)
			}
		})
	}
}

// The form of a page that says what is wrong has what was asked for, so that
// nobody has to type it again, and says which range would do.
func TestServeBadValuesKeepTheForm(t *testing.T) {
	h := newTestHandler(t)
	inForm := []string{"flowers", "hidden", "rate", "seed", "step"}
	others := map[string]string{"flowers": "7,8", "hidden": "3", "rate": "0.75", "seed": "99", "step": "12"}
	for _, test := range badQueries {
		t.Run(test.name, func(t *testing.T) {
			target := "/?" + test.query + "&cover=1&large=1"
			for name, value := range others {
				if name != test.field {
					target += "&" + name + "=" + value
				}
			}
			_, doc := mustGet(t, h, target, 400)
			messages := doc.all("div", has("role", "alert"))
			q, _ := parseQuery(test.query, allFlowers)
			if len(messages) != 1 || len(messages[0].all("li", nil)) != 1 {
				t.Fatalf("got %d messages, want one", len(messages))
			}
			if got := messages[0].text(); !strings.Contains(got, q.Field(test.field).Label) || !strings.Contains(got, test.want) {
				t.Errorf("got %.300q, want the label %q and %q in it", got, q.Field(test.field).Label, test.want)
			}
			for _, name := range inForm {
				input := doc.byID("field-" + name)
				if input == nil || input.attr["name"] != name {
					t.Fatalf("got no field for %s", name)
				}
				want, bad := others[name], name == test.field
				if bad {
					want = strings.ReplaceAll(q.Field(name).Value, "\x00", "\uFFFD") // which no page can have
				}
				if got := input.attr["value"]; got != want {
					t.Errorf("%s: got the value %.100q, want %.100q", name, got, want)
				}
				if got := input.attr["aria-invalid"] == "true"; got != bad {
					t.Errorf("%s: got it marked as bad: %v, want %v", name, got, bad)
				}
				if hint := doc.byID(input.attr["aria-describedby"]); hint == nil || bad && !strings.Contains(hint.text(), test.want) {
					t.Errorf("%s: got the hint %v, want one with %q", name, hint, test.want)
				}
			}
			for _, name := range []string{"cover", "large"} {
				if _, checked := doc.byID(name).attr["checked"]; checked != (name != test.field) {
					t.Errorf("%s: got it checked: %v, want %v", name, checked, name != test.field)
				}
			}
			if _, open := doc.all("details", nil)[0].attr["open"]; !open {
				t.Error("got the settings folded up, want them open")
			}
		})
	}
}

// Where the numbers overflow, there is a page that shows it, or one that names
// the rate, and its data can be read.
func TestServeOverflow(t *testing.T) {
	var targets []string
	for _, rate := range []string{"1e150", "3e306", "1e308", "1.7976931348623157e308"} {
		for _, more := range []string{"", "&step=2", "&step=3&run=9", "&run=9", "&flowers=0-9&step=20"} {
			targets = append(targets, "/?rate="+rate+more)
		}
	}
	for _, test := range []struct {
		name     string
		notebook Notebook
		// Is there a page for some of the rates, none for others, a number that is not finite?
		shown, refused, infinite bool
	}{
		{"random weights", testNotebook, true, false, true},
		{"finite weights, infinite sums", func(all iris.Flowers, rows []int, hidden int, learningRate float64, draw drawNet) (*Results, error) {
			return testNotebook(all, rows, hidden, learningRate, func(inputs, hidden, outputs int) *network.Network {
				if net := draw(inputs, hidden, outputs); !reflect.DeepEqual(net, network.New(4, 2, 3, numpy.NewRandom(10))) {
					return net // it is a later step
				}
				return nanWeights()
			})
		}, true, true, true},
		{"infinite weights", func(iris.Flowers, []int, int, float64, drawNet) (*Results, error) {
			return nil, errors.New("network: weights_1[0][0] is +Inf, want a finite number")
		}, false, true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			h, err := newHandler(test.notebook)
			if err != nil {
				t.Fatal(err)
			}
			var shown, refused, infinite bool
			for _, target := range targets {
				w := ask(h, "GET", target)
				doc, err := parseHTML(w.Body.String())
				if err != nil {
					t.Fatalf("%s: %v", target, err)
				}
				rate, _, _ := strings.Cut(strings.TrimPrefix(target, "/?rate="), "&")
				switch w.Code {
				case 200:
					shown = true
					infinite = infinite || decodeNumbers(t, doc).infinite
					for _, e := range doc.all("main", nil)[0].parent.all("", nil) {
						for name, value := range e.attr {
							if strings.Contains(value, "NaN") || strings.Contains(value, "Inf") {
								t.Errorf("%s: got <%s %s=%q>, want no such place", target, e.name, name, value)
							}
						}
					}
				case 400:
					refused = true
					alerts := doc.all("div", has("role", "alert"))
					if len(alerts) != 1 || !strings.Contains(alerts[0].text(), "learning rate: found “"+rate+"”, the weights grow beyond") {
						t.Errorf("%s: got %v, want a message that names the rate", target, alerts)
					}
				default:
					t.Errorf("%s: got status %d, want 200 or 400", target, w.Code)
				}
			}
			if shown != test.shown || refused != test.refused || infinite != test.infinite {
				t.Errorf("got a page %v, a refusal %v, an infinite number %v, want %v, %v, %v", shown, refused, infinite, test.shown, test.refused, test.infinite)
			}
		})
	}
}

// pageNumbers is the data that the script reads.
type pageNumbers struct {
	N          int
	Rate       float64
	Axes       []struct{ Short, Long []string }
	Quantities map[string]struct {
		Head       string
		Op         Op
		X, Y       string
		Rows, Cols Axis
		Values     [][]any
		Powers     [][]any
		Origins    [][]string
	}
	infinite bool // is one of the values no finite number?
}

// decodeNumbers reads the data in the page.
func decodeNumbers(t *testing.T, doc *htmlNode) (n pageNumbers) {
	t.Helper()
	block := doc.byID("numbers")
	if block == nil || block.attr["type"] != "application/json" {
		t.Fatal("got no data for the script")
	}
	decoder := json.NewDecoder(strings.NewReader(block.text()))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&n); err != nil {
		t.Fatalf("data for the script: %v", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		t.Fatalf("got more behind the data for the script: %v", err)
	}
	for name, q := range n.Quantities {
		for _, row := range append(slices.Clone(q.Values), q.Powers...) {
			for _, v := range row {
				if _, isNumber := v.(float64); !isNumber {
					n.infinite = true
					if !slices.Contains([]any{"NaN", "Infinity", "-Infinity"}, v) {
						t.Fatalf("%s: got the value %v, want a number", name, v)
					}
				}
			}
		}
	}
	return n
}

// numberOf returns a value of the data.
func numberOf(v any) float64 {
	switch v {
	case "NaN":
		return math.NaN()
	case "Infinity":
		return math.Inf(1)
	case "-Infinity":
		return math.Inf(-1)
	}
	return v.(float64)
}

// slowTarget is the page that takes longest.
const slowTarget = "/?step=100000&flowers=0-149&hidden=16"

// While every place is taken, requests wait, but not for ever, and files need none.
func TestServeBusy(t *testing.T) {
	h, gate := newGated(t)
	places := cap(h.quick)
	if places < 1 {
		t.Fatalf("got %d places, want some", places)
	}
	codes := make(chan int)
	for range 3 * places {
		go func() { codes <- ask(h, "GET", "/").Code }()
	}
	testkit.WaitFor(t, "the requests to take all places", func() bool { return gate.waiting() >= places })
	for path, code := range map[string]int{"/page.css": 200, "/page.js": 200, "/?step=0": 400, "/nothing": 404} {
		if got := ask(h, "GET", path).Code; got != code {
			t.Errorf("%s: got status %d while all places are taken, want %d", path, got, code)
		}
	}
	impatient := *h
	impatient.notebook, impatient.times.wait = testNotebook, 1
	w := ask(&impatient, "GET", "/")
	if w.Code != http.StatusServiceUnavailable || !regexp.MustCompile(`^[1-9][0-9]?$`).MatchString(w.Header().Get("Retry-After")) {
		t.Errorf("got status %d and Retry-After %q, want 503 and some seconds", w.Code, w.Header().Get("Retry-After"))
	}
	checkHeaders(t, w.Header())
	close(gate.open)
	for range 3 * places {
		if code := <-codes; code != http.StatusOK {
			t.Errorf("got status %d once a place is free, want 200", code)
		}
	}
	if gate.most != places {
		t.Errorf("got %d pages computed at once, want %d", gate.most, places)
	}
	if got := len(h.quick); got != 0 {
		t.Errorf("got %d places taken in the end, want none", got)
	}
}

// A reader who goes away takes no place any longer, whether the steps before the
// one that is shown are being computed or those after it.
func TestServeCancelled(t *testing.T) {
	for gone := 1; gone <= 2; gone++ {
		ctx, leave := context.WithCancel(context.Background())
		calls := 0
		h, err := newHandler(func(all iris.Flowers, rows []int, hidden int, learningRate float64, draw drawNet) (*Results, error) {
			if calls++; calls == gone {
				leave()
			}
			return testNotebook(all, rows, hidden, learningRate, draw)
		})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/?step=2&run=100000&flowers=0-19", nil).WithContext(ctx))
		if w.Code == http.StatusOK || calls != gone || len(h.slow) != 0 {
			t.Errorf("reader who leaves at stage %d: got status %d at stage %d and %d places taken, want no page and none", gone, w.Code, calls, len(h.slow))
		}
	}
}

// While pages that take long have all of their places, others are answered.
func TestServeSlowPagesLeaveRoom(t *testing.T) {
	h, gate := newGated(t)
	ctx, leave := context.WithCancel(context.Background())
	done := make(chan struct{})
	for range cap(h.slow) {
		go func() {
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "http://localhost"+slowTarget, nil).WithContext(ctx))
			done <- struct{}{}
		}()
	}
	testkit.WaitFor(t, "pages that take long", func() bool { return gate.waiting() == cap(h.slow) })
	if len(h.slow) != cap(h.slow) || len(h.quick) != 0 {
		t.Errorf("got %d places taken and %d of those for quick pages, want %d and none", len(h.slow), len(h.quick), cap(h.slow))
	}
	impatient := *h
	impatient.notebook, impatient.times.wait = testNotebook, 1
	w := ask(&impatient, "GET", slowTarget)
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "other pages") {
		t.Errorf("one more that takes long: got status %d and %.200q, want 503 because of other pages", w.Code, w.Body)
	}
	quick := *h
	quick.notebook = testNotebook
	if got := ask(&quick, "GET", "/?step=100").Code; got != http.StatusOK {
		t.Errorf("got status %d, want 200", got)
	}
	leave()
	close(gate.open)
	for range cap(h.slow) {
		<-done
	}
}

// A reader who reads nothing takes a place no longer than the computing does.
func TestServeSlowReader(t *testing.T) {
	h := newTestHandler(t)
	h.ServeHTTP(slowReader{httptest.NewRecorder(), func() {
		if len(h.quick) != 0 {
			t.Errorf("got %d places taken while the answer is written, want none", len(h.quick))
		}
	}}, httptest.NewRequest("GET", "http://localhost/", nil))
}

type slowReader struct {
	*httptest.ResponseRecorder
	check func()
}

func (s slowReader) Write(b []byte) (int, error) { s.check(); return s.ResponseRecorder.Write(b) }

// A page that cannot be had in time is refused, with the reason.
func TestServePageTakesTooLong(t *testing.T) {
	h := newTestHandler(t)
	h.times.compute = 1
	w := ask(h, "GET", slowTarget)
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "this takes too long") {
		t.Errorf("got status %d and %q, want 503 because it takes too long", w.Code, w.Body)
	}
}

// FuzzPage asks for pages with any query. The answer is a page, or one with the
// reason why there is none, of the same elements whatever was asked for.
func FuzzPage(f *testing.F) {
	for _, test := range badQueries {
		f.Add(test.query)
	}
	for _, test := range serveTargets {
		f.Add(strings.TrimPrefix(strings.TrimPrefix(test.target, "/"), "?"))
	}
	for _, query := range []string{
		"rate=1e308&flowers=0-149", "rate=%31", "flowers=1&flowers=2", "step=1&step", "a=%00&b=%0a", "large=1&large=0",
		"flowers=0-2,7,7&flower=7", "rate=1e306&step=10&run=12", "step=</textarea><svg/onload=x>", "hidden=2%20", "step=1#x",
		"seed=&#60;b&#62;", "cover=%F0%9F%98%80", "rate=%e2%80%ae1", "step='\"><b>",
	} {
		f.Add(query)
	}
	h := newTestHandler(f)
	f.Fuzz(func(t *testing.T, query string) {
		q, ok := parseQuery(query, len(h.flowers))
		if ok && q.Run*len(q.Settings.Rows)*q.Settings.Hidden > 200_000 {
			return // it takes long
		}
		r := httptest.NewRequest("GET", "http://localhost/", nil)
		r.URL.RawQuery = query
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 && w.Code != 400 || w.Code == 200 && !ok {
			t.Fatalf("got status %d, want 200 or 400; the query is a good one: %v", w.Code, ok)
		}
		checkHeaders(t, w.Header())
		doc, err := parseHTML(w.Body.String())
		if err != nil {
			t.Fatal(err)
		}
		if w.Code == 200 {
			decodeNumbers(t, doc)
			back, ok := parseQuery(strings.TrimPrefix(q.URL(), "/?"), len(h.flowers))
			if !ok || !sameQuery(back, q) {
				t.Errorf("%s: got %+v, want %+v", q.URL(), back, q)
			}
			return
		}
		if ok {
			q.refuse("rate", errTooLarge)
		}
		// The page of the same fields without what was typed into them: if the
		// input made an element or an attribute, it has fewer.
		for i := range q.Fields {
			q.Fields[i].Value = "1"
			if q.Fields[i].Error != "" {
				q.Fields[i].Error = "bad"
			}
		}
		var b bytes.Buffer
		if err := (&page{Query: q}).write(&b); err != nil {
			t.Fatal(err)
		}
		harmless, err := parseHTML(b.String())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := doc.skeleton(), harmless.skeleton(); got != want || len(q.Errors()) == 0 {
			t.Errorf("got the elements\n%s\nwant\n%s", got, want)
		}
	})
}
