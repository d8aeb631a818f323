package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/iris"
	"backprop/network/walkthrough"
)

// newTestHandler returns the handler of the page of the series' flowers.
func newTestHandler(t testing.TB) *handler {
	t.Helper()
	return newHandlerOf(t, testNotebook)
}

// newHandlerOf returns the handler of the page of a notebook's steps.
func newHandlerOf(t testing.TB, notebook walkthrough.Notebook) *handler {
	t.Helper()
	h, err := newHandler(testNotebook, testStart(t))
	if err != nil {
		t.Fatal(err)
	}
	h.notebook = notebook
	return h
}

// ask asks the handler for a path, as a browser on this machine does.
func ask(h http.Handler, method, target string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, "http://localhost"+target, nil))
	return w
}

// mustGet returns the page at the target.
func mustGet(t *testing.T, h http.Handler, target string, code int) *htmlPage {
	t.Helper()
	w := ask(h, "GET", target)
	if w.Code != code {
		t.Fatalf("%.200s: got status %d, want %d", target, w.Code, code)
	}
	doc, err := parseHTML(w.Body.String())
	if err != nil {
		t.Fatalf("%.200s: %v", target, err)
	}
	return doc
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
		{"/page.css/", "text/plain; charset=utf-8", 404},
		{"/page.go", "text/plain; charset=utf-8", 404},
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
			// HEAD has the headers of GET; net/http leaves the content out.
			if head := ask(h, "HEAD", test.path); head.Code != get.Code || fmt.Sprint(head.Header()) != fmt.Sprint(get.Header()) {
				t.Errorf("HEAD: got %d and %v, want %d and %v", head.Code, head.Header(), get.Code, get.Header())
			}
			checkHeaders(t, get.Header())
		})
	}
	for path, want := range map[string]string{"/../page.go": "/page.go", "//evil.example/": "/evil.example/"} {
		if w := ask(h, "GET", path); w.Code/100 != 3 || w.Header().Get("Location") != want {
			t.Errorf("%s: got status %d and the location %q, want %s", path, w.Code, w.Header().Get("Location"), want)
		}
	}
	for path, want := range map[string]string{"/page.css": styleSheet(examples[0].step(t)), "/page.js": script("page.js"), "/numbers.js": script("numbers.js"), "/icon.svg": icon} {
		if got := ask(h, "GET", path).Body.String(); got != want {
			t.Errorf("%s: got %.40q, want the file's content", path, got)
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
	private, public := newTestHandler(t), newTestHandler(t)
	public.names = append(public.names, "teacher.example", "") // a listener at all addresses has no name
	public.public()
	for _, test := range []struct {
		host            string
		private, public bool
	}{
		{"localhost", true, true},
		{"localhost:8080", true, true},
		{"127.0.0.1", true, true},
		{"127.8.9.10", true, true},
		{"[::1]", true, true},
		{"[::1]:8080", true, true},
		{"", false, false},
		{":8080", false, false},
		{"evil.example", false, false},
		{"localhost.evil.example", false, false},
		{"evil.example.localhost", false, false},
		{"localhost.", false, false},
		{"127.0.0.1.evil.example", false, false},
		{"127.0.0.1@evil.example", false, false},
		{"2130706433", false, false},
		{"0x7f.1", false, false},
		{"192.168.1.7", false, true},
		{"0.0.0.0", false, true},
		{"[fe80::1]:8080", false, true},
		{"teacher.example", false, true},
		{machine, false, machine != ""},
		{machine + ":8080", false, machine != ""},
		{machine + ".local", false, machine != ""},
		{machine + ".evil.example", false, false},
	} {
		if strings.EqualFold(machine, "localhost") && test.host == machine {
			continue // it is its own name
		}
		for h, want := range map[*handler]bool{private: test.private, public: test.public} {
			for _, path := range []string{"/?step=0", "/page.js", "/nothing"} {
				w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "http://localhost"+path, nil)
				r.Host = test.host
				h.ServeHTTP(w, r)
				if got := w.Code != http.StatusMisdirectedRequest; got != want {
					t.Errorf("%q, public %v: %s: got status %d, want it let through: %v", test.host, h == public, path, w.Code, want)
				}
				if !want && (w.Body.Len() > 100 || strings.Contains(w.Body.String(), "<")) {
					t.Errorf("%q, public %v: %s: got %.200q, want one line", test.host, h == public, path, w.Body)
				}
				checkHeaders(t, w.Header())
			}
		}
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
	{"many flowers and nodes", "/?flowers=0-29&hidden=16&step=3", 200},
	{"switches on", "/?cover=1&large=1", 200},
	{"the same flower again", "/?flowers=5,5,5", 200},
	{"huge rate", "/?rate=1e300&step=2&run=5", 200},
	{"too large a rate", "/?rate=1.7976931348623157e308&flowers=1&hidden=1&seed=8&step=2", 400},
	{"bad values", "/?step=0&hidden=17&flowers=x&rate=-1&seed=y&run=0&flower=999&cover=2&large=3", 400},
	{"bad URL", "/?%zz", 400},
	{"markup", "/?step=%3Cscript%3Ealert(1)%3C/script%3E&seed=%22+onfocus=%22alert(1)", 400},
	{"no UTF-8", "/?step=%ff%fe&rate=1;%80", 400},
}

// With the policy on inline scripts and styles, whatever is in the page itself would not work;
// and nothing comes from elsewhere.
func TestServePageNeedsNothingInline(t *testing.T) {
	h := newTestHandler(t)
	for _, test := range serveTargets {
		t.Run(test.name, func(t *testing.T) {
			doc := mustGet(t, h, test.target, test.code)
			for _, e := range doc.all("") {
				for name, value := range e.attr {
					if strings.HasPrefix(name, "on") || name == "style" || name == "srcdoc" || name == "formaction" {
						t.Errorf("got <%s %s=%q>, want no such attribute", e.name, name, value)
					}
					if slices.Contains([]string{"href", "src", "action"}, name) && !isDownload(e) && !regexp.MustCompile(`^(#|/([^/]|$))`).MatchString(value) {
						t.Errorf("got <%s %s=%q>, want a path of this server", e.name, name, value)
					}
				}
				isOurs := slices.Contains(scriptNames, strings.TrimPrefix(e.attr["src"], "/")) && e.text() == "" || e.attr["type"] == "application/json" && e.attr["src"] == ""
				if slices.Contains([]string{"style", "base", "iframe", "object", "embed", "img"}, e.name) || e.name == "script" && !isOurs {
					t.Errorf("got <%s> with %v, want no such element", e.name, e.attr)
				}
			}
			for _, name := range scriptNames {
				if scripts := len(doc.all("script", has("src", "/"+name))); scripts != 1 {
					t.Errorf("got the script %s %d times, want it once", name, scripts)
				}
			}
			if sheets := len(doc.all("link", has("href", "/page.css"))); sheets != 1 {
				t.Errorf("got the style sheet %d times, want it once", sheets)
			}
		})
	}
}

// The form of a page that says what is wrong has what was asked for, so that nobody has to type
// it again, and says which range would do. (TestParseQueryRefuses tries many more values.)
func TestServeBadValuesKeepTheForm(t *testing.T) {
	h := newTestHandler(t)
	values := map[string]string{"flowers": "7,8", "hidden": "3", "rate": "0.75", "seed": "99", "step": "12", "cover": "1", "large": "1"}
	for _, test := range []struct{ field, bad, shown, want string }{
		{"flowers", "0-1000000000", "0-1000000000", "at most 150 rows"},
		{"hidden", "17", "17", "1 to 16"},
		{"rate", "NaN", "NaN", "above 0"},
		{"seed", "", "", "0 to 4294967295"},
		{"step", "1\x00", "1\uFFFD", "1 to 100000"}, // which no page can have
		{"step", "<script>alert(1)</script>", "<script>alert(1)</script>", "1 to 100000"},
		{"run", "0", "", "1 to 100000"},
		{"flower", "150", "", "0 to 149"},
		{"cover", "yes", "", "1 or 0"},
		{"large", "2", "", "1 or 0"},
	} {
		t.Run(test.field+" "+test.bad, func(t *testing.T) {
			asked := url.Values{}
			for name, value := range values {
				asked.Set(name, value)
			}
			asked.Set(test.field, test.bad)
			doc := mustGet(t, h, "/?"+asked.Encode(), 400)
			messages := texts(doc.all("div", has("role", "alert")))
			q, _ := parseQuery(asked.Encode(), h.start)
			if label := fieldOf(q, test.field).Label; len(messages) != 1 || strings.Count(messages[0], "found") != 1 || !strings.Contains(messages[0], label) || !strings.Contains(messages[0], test.want) {
				t.Errorf("got the messages %.300q, want one with the label %q and with %q", messages, label, test.want)
			}
			for _, name := range []string{"flowers", "hidden", "rate", "seed", "step"} {
				input, want, bad := doc.byID("field-"+name), values[name], name == test.field
				if bad {
					want = test.shown
				}
				if input.attr["name"] != name || input.attr["value"] != want || (input.attr["aria-invalid"] == "true") != bad {
					t.Errorf("%s: got %v, want the value %q, marked as bad: %v", name, input.attr, want, bad)
				}
				if hint := doc.byID(input.attr["aria-describedby"]); hint == nil || bad && !strings.Contains(hint.text(), test.want) {
					t.Errorf("%s: got the hint %v, want one with %q", name, hint, test.want)
				}
			}
			for _, name := range []string{"cover", "large"} {
				toggle := doc.byID(name)
				if toggle == nil {
					t.Fatalf("got no toggle %s", name)
				}
				if _, checked := toggle.attr["checked"]; checked != (name != test.field) {
					t.Errorf("%s: got it checked: %v, want %v", name, checked, name != test.field)
				}
			}
			if _, open := doc.all("details")[0].attr["open"]; !open {
				t.Error("got the settings folded up, want them open")
			}
		})
	}
}

// Where nothing can be computed, the page says why: where the numbers overflow, at the rate.
func TestServeComputeErrors(t *testing.T) {
	changed := func(change func(*walkthrough.Results)) walkthrough.Notebook {
		return func(all iris.Flowers, rows []int, hidden int, learningRate float64, draw drawWeights) (*walkthrough.Results, error) {
			results, err := testNotebook(all, rows, hidden, learningRate, draw)
			change(results)
			return results, err
		}
	}
	const tooLarge = "learning rate: found “0.5”, the weights grow beyond what a number can hold, expected a smaller rate"
	for _, test := range []struct {
		name, query string
		notebook    walkthrough.Notebook
		want        string
	}{
		{"infinite weights", "", changed(func(r *walkthrough.Results) { r.After.Weights2[1][2] = math.Inf(-1) }), tooLarge},
		{"outputs after the step", "", changed(func(r *walkthrough.Results) { r.Again.OutputLayerOutputs[2][0] = math.NaN() }), tooLarge},
		{"in the run after the step", "&run=9", changed(func(r *walkthrough.Results) { r.After = nanWeights() }), tooLarge},
		{"another error", "", func(iris.Flowers, []int, int, float64, drawWeights) (*walkthrough.Results, error) {
			return nil, errors.New("the <notebook> has a mistake")
		}, "the <notebook> has a mistake"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := mustGet(t, newHandlerOf(t, test.notebook), "/?rate=0.5"+test.query, 400)
			if messages := texts(doc.all("li")); len(messages) != 1 || !strings.Contains(messages[0], test.want) {
				t.Errorf("got the messages %q, want one with %q", messages, test.want)
			}
			if bad := len(doc.all("input", has("aria-invalid", "true"))) == 1; bad != (test.want == tooLarge) {
				t.Errorf("got the rate's field marked as bad: %v, want %v", bad, test.want == tooLarge)
			}
		})
	}
}

// Where the numbers grow large, there is a page without a number that is not finite, or one
// that names the rate.
func TestServeOverflow(t *testing.T) {
	h := newTestHandler(t)
	codes := map[int]int{}
	for _, rate := range []string{"1e150", "3e306", "1e308", "1.7976931348623157e308"} {
		for _, more := range []string{"", "&step=2", "&step=3&run=9", "&run=9", "&flowers=0-9&step=20", "&flowers=1&hidden=1&seed=8&step=2"} {
			w := ask(h, "GET", "/?rate="+rate+more)
			codes[w.Code]++
			doc, err := parseHTML(w.Body.String())
			if err != nil {
				t.Fatalf("rate %s%s: %v", rate, more, err)
			}
			if w.Code == 200 {
				decodeNumbers(t, doc)
			}
			if bad := regexp.MustCompile(`\bNaN|\bInf|/\*`).FindString(w.Body.String()); bad != "" {
				t.Errorf("rate %s%s: got %s on the page, want finite numbers", rate, more, bad)
			}
			if w.Code == 400 && !strings.Contains(doc.text(), "found “"+rate+"”, the weights grow beyond") {
				t.Errorf("rate %s%s: got %q, want the rate in it", rate, more, doc.text())
			}
		}
	}
	if len(codes) != 2 || codes[200] == 0 || codes[400] == 0 {
		t.Errorf("got the statuses %v, want 200 and 400", codes)
	}
}

// slowTarget is the page that takes longest.
const slowTarget = "/?step=100000&flowers=0-149&hidden=16"

// While every slot is taken, requests wait, but not for ever, and files need none.
func TestServeBusy(t *testing.T) {
	h, gate := newGated(t)
	slots := cap(h.quick)
	if slots < 1 {
		t.Fatalf("got %d slots, want some", slots)
	}
	codes := make(chan int)
	for range 3 * slots {
		go func() { codes <- ask(h, "GET", "/").Code }()
	}
	testkit.WaitFor(t, "the requests to take all slots", func() bool { return gate.waiting() >= slots })
	for path, code := range map[string]int{"/page.css": 200, "/page.js": 200, "/?step=0": 400, "/nothing": 404} {
		if got := ask(h, "GET", path).Code; got != code {
			t.Errorf("%s: got status %d while all slots are taken, want %d", path, got, code)
		}
	}
	checkTooLong(t, h, "/")
	close(gate.open)
	for range 3 * slots {
		if code := <-codes; code != http.StatusOK {
			t.Errorf("got status %d once a slot is free, want 200", code)
		}
	}
	if gate.most != slots || len(h.quick) != 0 {
		t.Errorf("got %d pages computed at once and %d slots taken in the end, want %d and none", gate.most, len(h.quick), slots)
	}
}

// checkTooLong checks that a page of h that cannot be had in time is refused, with the reason.
func checkTooLong(t *testing.T, h *handler, target string) {
	t.Helper()
	impatient := *h
	impatient.pageTime = 1
	w := httptest.NewRecorder()
	impatient.servePage(w, httptest.NewRequest("GET", target, nil))
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "this takes too long") || !regexp.MustCompile(`^[1-9][0-9]?$`).MatchString(w.Header().Get("Retry-After")) {
		t.Errorf("got status %d, Retry-After %q and %.200q, want 503, some seconds and the reason", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
}

func TestServePageTakesTooLong(t *testing.T) { checkTooLong(t, newTestHandler(t), slowTarget) }

// While pages that take long have all of their slots, others are answered.
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
		t.Errorf("got %d slots taken and %d of those for quick pages, want %d and none", len(h.slow), len(h.quick), cap(h.slow))
	}
	checkTooLong(t, h, slowTarget)
	quick, w := *h, httptest.NewRecorder()
	quick.notebook = testNotebook
	if quick.servePage(w, httptest.NewRequest("GET", "/?step=100", nil)); w.Code != http.StatusOK {
		t.Errorf("a quick page: got status %d, want 200", w.Code)
	}
	leave()
	close(gate.open)
	for range cap(h.slow) {
		<-done
	}
	if len(h.slow) != 0 {
		t.Errorf("got %d slots taken by readers who have gone, want none", len(h.slow))
	}
}

// A reader who reads nothing takes a slot no longer than the computing does.
func TestServeSlowReader(t *testing.T) {
	h := newTestHandler(t)
	h.ServeHTTP(slowReader{httptest.NewRecorder(), func() {
		if len(h.quick) != 0 {
			t.Errorf("got %d slots taken while the answer is written, want none", len(h.quick))
		}
	}}, httptest.NewRequest("GET", "http://localhost/", nil))
}

type slowReader struct {
	*httptest.ResponseRecorder
	check func()
}

func (s slowReader) Write(b []byte) (int, error) { s.check(); return s.ResponseRecorder.Write(b) }

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
		q, ok := parseQuery(query, h.start)
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
			back, ok := parseQuery(strings.TrimPrefix(q.URL(), "/?"), h.start)
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
		if len(q.Errors()) == 0 && q.Problem == "" {
			t.Error("got a page that does not say what is wrong")
		}
		if q.Problem != "" {
			q.Problem = "bad"
		}
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
		if got, want := doc.skeleton(), harmless.skeleton(); got != want {
			t.Errorf("got the elements\n%s\nwant\n%s", got, want)
		}
	})
}
