package iris_test

import (
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"backprop/data"
	"backprop/iris"
)

// three are rows 1, 51 and 101 of the data set: those of the series' part 13.
// No length comes twice in a flower, so a mixed-up column shows.
var three = iris.Flowers{
	{SepalLength: 4.9, SepalWidth: 3.0, PetalLength: 1.4, PetalWidth: 0.2, Species: iris.Setosa},
	{SepalLength: 6.4, SepalWidth: 3.2, PetalLength: 4.5, PetalWidth: 1.5, Species: iris.Versicolor},
	{SepalLength: 5.8, SepalWidth: 2.7, PetalLength: 5.1, PetalWidth: 1.9, Species: iris.Virginica},
}

// uci are the three as UCI's iris.data has them.
const uci = "4.9,3.0,1.4,0.2,Iris-setosa\n6.4,3.2,4.5,1.5,Iris-versicolor\n5.8,2.7,5.1,1.9,Iris-virginica\n"

// seaborn are the three as seaborn has them.
const seaborn = "sepal_length,sepal_width,petal_length,petal_width,species\n" +
	"4.9,3.0,1.4,0.2,setosa\n6.4,3.2,4.5,1.5,versicolor\n5.8,2.7,5.1,1.9,virginica\n"

// forms are the three flowers in every form in which people have them.
var forms = []struct {
	name  string
	input string
}{{
	name:  "UCI",
	input: uci + "\n",
}, {
	name: "Kaggle",
	input: `Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species
2,4.9,3.0,1.4,0.2,Iris-setosa
52,6.4,3.2,4.5,1.5,Iris-versicolor
102,5.8,2.7,5.1,1.9,Iris-virginica
`,
}, {
	name:  "seaborn",
	input: seaborn,
}, {
	name: "scikit-learn's names",
	input: `sepal length (cm),sepal width (cm),petal length (cm),petal width (cm),species
4.9,3.0,1.4,0.2,setosa
6.4,3.2,4.5,1.5,versicolor
5.8,2.7,5.1,1.9,virginica
`,
}, {
	name: "R",
	input: `"","Sepal.Length","Sepal.Width","Petal.Length","Petal.Width","Species"
"2",4.9,3,1.4,0.2,"setosa"
"52",6.4,3.2,4.5,1.5,"versicolor"
"102",5.8,2.7,5.1,1.9,"virginica"
`,
}, {
	name: "variety and capitals",
	input: `"sepal.length","sepal.width","petal.length","petal.width","variety"
4.9,3,1.4,.2,"Setosa"
6.4,3.2,4.5,1.5,"Versicolor"
5.8,2.7,5.1,1.9,"Virginica"
`,
}, {
	name: "class, upper case",
	input: `SEPAL LENGTH,SEPAL WIDTH,PETAL LENGTH,PETAL WIDTH,CLASS
4.9,3.0,1.4,0.2,IRIS-SETOSA
6.4,3.2,4.5,1.5,IRIS-VERSICOLOR
5.8,2.7,5.1,1.9,IRIS-VIRGINICA
`,
}, {
	name: "other order",
	input: `species,petal_width,sepal_width,petal_length,sepal_length
setosa,0.2,3.0,1.4,4.9
versicolor,1.5,3.2,4.5,6.4
virginica,1.9,2.7,5.1,5.8
`,
}, {
	name: "Id in the middle, no number",
	input: `sepal_length,sepal_width,ID,petal_length,petal_width,species
4.9,3.0,b,1.4,0.2,setosa
6.4,3.2,,4.5,1.5,versicolor
5.8,2.7,NaN,5.1,1.9,virginica
`,
}, {
	name:  "no line break at the end",
	input: strings.TrimSuffix(uci, "\n"),
}, {
	name:  "CRLF",
	input: strings.ReplaceAll(uci+"\n", "\n", "\r\n"),
}, {
	name:  "CRLF, header",
	input: strings.ReplaceAll(seaborn, "\n", "\r\n"),
}, {
	name:  "byte order mark",
	input: "\ufeff" + uci,
}, {
	name:  "byte order mark, header",
	input: "\ufeff" + seaborn,
}, {
	name:  "byte order mark, quoted header, CRLF",
	input: "\ufeff\"sepal_length\"" + strings.ReplaceAll(strings.TrimPrefix(seaborn, "sepal_length"), "\n", "\r\n"),
}, {
	name:  "spaces around values",
	input: strings.ReplaceAll(strings.ReplaceAll("\n"+uci, ",", " ,\t "), "\n", "  \n  "),
}, {
	name:  "spaces around names",
	input: strings.ReplaceAll(strings.ReplaceAll(seaborn, ",", "\t, "), "\n", " \n "),
}, {
	name:  "spaces inside quotes",
	input: strings.ReplaceAll(uci, "4.9,3.0", `" 4.9 ", " 3.0"`),
}, {
	name:  "blank lines",
	input: "\n \n" + strings.ReplaceAll(seaborn, "\n", "\n\t\n\r\n\n"),
}, {
	name:  "other ways to write a number",
	input: strings.ReplaceAll(uci, "4.9,3.0,1.4,0.2", "+4.90,3,14e-1,.2"),
}}

const (
	five       = "sepal_length, sepal_width, petal_length, petal_width, species"
	others     = "For other columns, begin with a line of their names"
	notNames   = "expected a flower such as 5.1,3.5,1.4,0.2,Iris-setosa, or the names of the columns: " + five
	bareNumber = "expected setosa, versicolor, virginica: a number does not say which species it means, unless the first line does, as in 150,4,setosa,versicolor,virginica"
	noFlowers  = "no flowers, expected a line for each such as 5.1,3.5,1.4,0.2,Iris-setosa"
)

// long is a field that must not fill the screen, and cut is what errors show of it.
var long, cut = strings.Repeat("xä", 200), strings.Repeat("xä", 20)

var refusals = []struct {
	name  string
	input string
	want  string
}{
	{"empty", "", noFlowers},
	{"byte order mark only", "\ufeff", noFlowers},
	{"blank lines only", "\n \r\n\t\n", noFlowers},
	{"header only", "sepal_length,sepal_width,petal_length,petal_width,species\n", noFlowers},

	{"missing column", uci + "5.1,3.5,1.4,0.2\n", "line 4, column 5: found 4 columns, expected 5"},
	{"missing columns", uci + "5.1\n", "line 4, column 2: found 1 column, expected 5"},
	{"missing column, Id", "Id," + seaborn, "line 2, column 6: found 5 columns, expected 6"},
	{"extra column", uci + "5.1,3.5,1.4,0.2,Iris-setosa,red\n", `line 4, column 6: found 6 columns, expected 5`},
	{"extra columns", uci + "5.1,3.5,1.4,0.2,Iris-setosa,red,big\n", `line 4, column 6: found 7 columns, expected 5`},
	{"extra empty column", uci + "5.1,3.5,1.4,0.2,Iris-setosa,\n", `line 4, column 6: found 6 columns, expected 5`},
	{"Id without a header", "1,5.1,3.5,1.4,0.2,Iris-setosa\n", `line 1, column 6: found 6 columns, expected 5: ` + five + `. ` + others},

	{"no number, column 1", uci + "5.x,3.5,1.4,0.2,Iris-setosa\n", `line 4, column 1 (sepal_length): found "5.x", expected a finite length in cm, above 0`},
	{"no number, column 2", uci + "5.1,?,1.4,0.2,Iris-setosa\n", `line 4, column 2 (sepal_width): found "?", expected a finite length in cm, above 0`},
	{"no number, column 3", uci + "5.1,3.5,1.4cm,0.2,Iris-setosa\n", `line 4, column 3 (petal_length): found "1.4cm", expected a finite length in cm, above 0`},
	{"no number, column 4", uci + "5.1,3.5,1.4,,Iris-setosa\n", `line 4, column 4 (petal_width): found "", expected a finite length in cm, above 0`},
	{"no number, line 1", "5.x,3.5,1.4,0.2,Iris-setosa\n" + uci, `line 1, column 1 (sepal_length): found "5.x", expected a finite length in cm, above 0`},
	{"two faults, the first", "5.1,x,y,0.2,rose\n", `line 1, column 2 (sepal_width): found "x", expected a finite length in cm, above 0`},
	{"NaN", "NaN,3.5,1.4,0.2,setosa\n", `line 1, column 1 (sepal_length): found "NaN", expected a finite length in cm, above 0`},
	{"Inf", "5.1,Inf,1.4,0.2,setosa\n", `line 1, column 2 (sepal_width): found "Inf", expected a finite length in cm, above 0`},
	{"-Inf", "5.1,3.5,-Inf,0.2,setosa\n", `line 1, column 3 (petal_length): found "-Inf", expected a finite length in cm, above 0`},
	{"infinity", "5.1,3.5,1.4,+infinity,setosa\n", `line 1, column 4 (petal_width): found "+infinity", expected a finite length in cm, above 0`},
	{"too large", "5.1,3.5,1.4,1e999,setosa\n", `line 1, column 4 (petal_width): found "1e999", expected a finite length in cm, above 0`},
	{"zero", "5.1,3.5,1.4,0.0,setosa\n", `line 1, column 4 (petal_width): found "0.0", expected a finite length in cm, above 0`},
	{"too small", "5.1,3.5,1.4,1e-999,setosa\n", `line 1, column 4 (petal_width): found "1e-999", expected a finite length in cm, above 0`},
	{"negative", "5.1,3.5,1.4,-0.2,setosa\n", `line 1, column 4 (petal_width): found "-0.2", expected a finite length in cm, above 0 (lengths below 0 have been scaled: train and predict read them with -scaled)`},
	{"decimal comma", "\"5,1\",3.5,1.4,0.2,setosa\n", `line 1, column 1 (sepal_length): found "5,1", expected 5.1 with a decimal point`},

	{"unknown species", uci + "5.1,3.5,1.4,0.2,Iris-germanica\n", `line 4, column 5 (species): found "Iris-germanica", expected setosa, versicolor, virginica`},
	{"empty species", uci + "5.1,3.5,1.4,0.2,\n", `line 4, column 5 (species): found "", expected setosa, versicolor, virginica`},
	{"species as a number", uci + "5.1,3.5,1.4,0.2,0\n", `line 4, column 5 (species): found "0", ` + bareNumber},
	{"Iris- twice", uci + "5.1,3.5,1.4,0.2,Iris-Iris-setosa\n", `line 4, column 5 (species): found "Iris-Iris-setosa", expected setosa, versicolor, virginica`},

	{"column of the file, not of the series", "species,petal_width,petal_length,sepal_width,sepal_length\nsetosa,0.2,1.4,3.5,x\n", `line 2, column 5 (sepal_length): found "x", expected a finite length in cm, above 0`},
	{"blank lines and CRLF count", "\ufeff\r\n\n" + strings.ReplaceAll(seaborn, "\n", "\r\n\r\n") + "x,3.5,1.4,0.2,setosa\r\n", `line 11, column 1 (sepal_length): found "x", expected a finite length in cm, above 0`},
	{"second header", seaborn + seaborn, `line 5, column 1 (sepal_length): found "sepal_length", expected a finite length in cm, above 0`},
	{"header after the flowers", uci + seaborn, `line 4, column 1 (sepal_length): found "sepal_length", expected a finite length in cm, above 0`},

	{"unknown name, line 2", "\nheight,species\n", `line 2, column 1: found "height", ` + notNames},
	{"name twice", "sepal_length,sepal_width,Sepal.Length,petal_width,species\n", `line 1, column 3: found the name "Sepal.Length", expected sepal_length once`},
	{"no sepal length", "sepal_width,petal_length,petal_width,species\n", "line 1, header: found no column sepal_length, expected all of " + five},
	{"no petal width", "Id,sepal_length,sepal_width,petal_length,species\n", "line 1, header: found no column petal_width, expected all of " + five},
	{"no species", "sepal_length,sepal_width,petal_length,petal_width\n", "line 1, header: found no column species, expected all of " + five},
	{"units after the numbers", "5.1 cm,3.5 cm,1.4 cm,0.2 cm,Iris-setosa\n", `line 1, column 1: found "5.1 cm", ` + notNames},
	{"name with a digit", "sepal_length2,sepal_width,petal_length,petal_width,species\n", "line 1, header: found no column sepal_length, expected all of " + five},
	{"digits with an underscore", "5.1,3_5,1.4,0.2,setosa\n", `line 1, column 2 (sepal_width): found "3_5", expected a finite length in cm, above 0`},
	{"hexadecimal", "5.1,3.5,0x1p1,0.2,setosa\n", `line 1, column 3 (petal_length): found "0x1p1", expected a finite length in cm, above 0`},

	{"quote in a value", uci + "5.1,3\"5,1.4,0.2,setosa\n", `line 4, character 6: found bare " in non-quoted-field, expected comma-separated values`},
	{"text after a quote", uci + "5.1,\"3\"5,1.4,0.2,setosa\n", `line 4, character 7: found extraneous or missing " in quoted-field, expected comma-separated values`},
	{"text after a quote, two lines", "\"5.1\n\"x,3.5,1.4,0.2,setosa\n", `line 2, character 1: found extraneous or missing " in quoted-field, expected comma-separated values`},
	{"quote without end", "\"5.1,3.5,1.4,0.2,setosa", `line 1, character 24: found extraneous or missing " in quoted-field, expected comma-separated values`},

	{"long length", uci + "5.1,3.5,1.4," + long + ",setosa\n", `line 4, column 4 (petal_width): found "` + cut + `", expected a finite length in cm, above 0`},
	{"long species", "5.1,3.5,1.4,0.2," + long, `line 1, column 5 (species): found "` + cut + `", expected setosa, versicolor, virginica`},
	{"long extra column", "5.1,3.5,1.4,0.2,setosa," + long, `line 1, column 6: found 6 columns, expected 5: ` + five + `. ` + others},
	{"long name", long + ",species", `line 1, column 1: found "` + cut + `", ` + notNames},
	{"no text", uci + "5.1,3.5,1.4,\x00\x1b[2J\xff,setosa\n", `line 4, column 4 (petal_width): found "\x00\x1b[2J\xff", expected a finite length in cm, above 0`},
}

// readers are the ways in which a reader may hand out a file.
var readers = []struct {
	name string
	wrap func(io.Reader) io.Reader
}{
	{"at once", func(r io.Reader) io.Reader { return r }},
	{"OneByteReader", iotest.OneByteReader},
	{"HalfReader", iotest.HalfReader},
	{"DataErrReader", iotest.DataErrReader},
}

func TestReadForms(t *testing.T) {
	for _, tt := range forms {
		t.Run(tt.name, func(t *testing.T) {
			for _, reader := range readers {
				got, err := iris.Read(reader.wrap(strings.NewReader(tt.input)))
				if err != nil || !slices.Equal(got, three) {
					t.Errorf("%s: Read(%q):\ngot  %v, error %v\nwant %v", reader.name, tt.input, got, err, three)
				}
			}
		})
	}
}

func TestReadRefusals(t *testing.T) {
	for _, tt := range refusals {
		t.Run(tt.name, func(t *testing.T) {
			for _, reader := range readers {
				got, err := iris.Read(reader.wrap(strings.NewReader(tt.input)))
				if got != nil || err == nil || err.Error() != tt.want {
					t.Errorf("%s: Read(%.200q):\ngot  %v, error %.500v\nwant error %s", reader.name, tt.input, got, err, tt.want)
				}
			}
		})
	}
}

// Whatever Read reads, the zero Options read as the same flowers, and whatever Read refuses
// for another reason than a missing species, they refuse with the same words.
func TestOptionsReadIsRead(t *testing.T) {
	for _, tt := range forms {
		table, err := iris.Options{}.Read(strings.NewReader(tt.input))
		if err != nil || !slices.Equal(table.Flowers, three) || len(table.Rows) != 3 {
			t.Errorf("%s: got %+v, error %v, want %v", tt.name, table, err, three)
		}
	}
	without := map[string]string{ // what they say where a species may be missing
		"Id without a header": "line 1, column 6: found 6 columns, expected 4, or 5 with the species. " + others,
		"long extra column":   "line 1, column 6: found 6 columns, expected 4, or 5 with the species. " + others,
		"no species":          noFlowers,
	}
	for _, tt := range refusals {
		want := tt.want
		if other, ok := without[tt.name]; ok {
			want = other
		}
		if table, err := (iris.Options{}).Read(strings.NewReader(tt.input)); table != nil || err == nil || err.Error() != want {
			t.Errorf("%s: got %+v, error %.500v, want error %s", tt.name, table, err, want)
		}
	}
}

func TestOptionsReadWithoutSpecies(t *testing.T) {
	unlabelled := slices.Clone(three)
	for i := range unlabelled {
		unlabelled[i].Species = 0
	}
	row := func(fields ...string) []string { return fields }
	plain := [][]string{row("4.9", "3.0", "1.4", "0.2"), row("6.4", "3.2", "4.5", "1.5"), row("5.8", "2.7", "5.1", "1.9")}
	const four = "4.9,3.0,1.4,0.2\n6.4,3.2,4.5,1.5\n5.8,2.7,5.1,1.9\n"
	for _, tt := range []struct {
		name, input string
		header      []string
		rows        [][]string
	}{
		{"no header", four, nil, plain},
		{"no header, blank lines, CRLF", "\ufeff\r\n" + strings.ReplaceAll(four, "\n", "\r\n \t\r\n"), nil, plain},
		{"no header, blanks", strings.ReplaceAll(four, ",", " , "), nil, plain},
		{"header", "sepal_length,sepal_width,petal_length,petal_width\n" + four, row("sepal_length", "sepal_width", "petal_length", "petal_width"), plain},
		{"other order, Id", "Petal.Width, Id ,petal length (cm),SepalWidthCm,sepal-length\n0.2,,1.4,3.0,4.9\n1.5,x,4.5,3.2,6.4\n1.9,3,5.1,2.7,5.8\n",
			row("Petal.Width", "Id", "petal length (cm)", "SepalWidthCm", "sepal-length"),
			[][]string{row("0.2", "", "1.4", "3.0", "4.9"), row("1.5", "x", "4.5", "3.2", "6.4"), row("1.9", "3", "5.1", "2.7", "5.8")}},
	} {
		table, err := iris.Options{}.Read(strings.NewReader(tt.input))
		if err != nil || !slices.Equal(table.Flowers, unlabelled) || !slices.Equal(table.Header, tt.header) || !slices.EqualFunc(table.Rows, tt.rows, slices.Equal[[]string]) {
			t.Errorf("%s: got %+v, error %v, want header %q, rows %q", tt.name, table, err, tt.header, tt.rows)
		}
	}

	for _, tt := range []struct{ name, input, want string }{
		{"too few at first", "5.1,3.5,1.4\n" + four, "line 1, column 4: found 3 columns, expected 4, or 5 with the species. " + others},
		{"one at first", "5.1\n", "line 1, column 2: found 1 column, expected 4, or 5 with the species. " + others},
		{"too few", four + "5.1,3.5,1.4\n", "line 4, column 4: found 3 columns, expected 4"},
		{"species in a later line only", four + uci, "line 4, column 5: found 5 columns, expected 4"},
		{"species in the first line only", uci + four, "line 4, column 5: found 4 columns, expected 5"},
		{"number for a species", "5.1,3.5,1.4,0.2,7\n", `line 1, column 5 (species): found "7", ` + bareNumber},
		{"header without a length", "sepal_length,sepal_width,petal_length\n", "line 1, header: found no column petal_width, expected all of " + five},
		{"no number", "\n" + four + "5.1,3.5,x,0.2\n", `line 5, column 3 (petal_length): found "x", expected a finite length in cm, above 0`},
		{"only a header", "sepal_length,sepal_width,petal_length,petal_width\n", noFlowers},
	} {
		if table, err := (iris.Options{}).Read(strings.NewReader(tt.input)); table != nil || err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %+v, error %v, want error %s", tt.name, table, err, tt.want)
		}
	}
}

func TestParseFlower(t *testing.T) {
	got, err := iris.ParseFlower("4.9", " 3 ", "14e-1", ".2")
	if want := (iris.Flower{4.9, 3.0, 1.4, 0.2, 0}); got != want || err != nil {
		t.Errorf("got %v, error %v, want %v", got, err, want)
	}
	for want, fields := range map[string][]string{
		`column 3 (petal_length): found "NaN", expected a finite length in cm, above 0`: {"1", "2", "NaN", "4"},
		"column 4: found 3 columns, expected 4":                                         {"1", "2", "3"},
	} {
		if _, err := iris.ParseFlower(fields...); err == nil || err.Error() != want {
			t.Errorf("%q: got the error %v, want %s", fields, err, want)
		}
	}
}

// An error of the reader itself comes back as it is, whatever was read before.
func TestReadReaderError(t *testing.T) {
	broken := errors.New("disk on fire")
	tests := []struct {
		name   string
		before string
	}{
		{"at the start", ""},
		{"inside the byte order mark", "\xef\xbb"},
		{"after the byte order mark", "\ufeff"},
		{"inside the header", "sepal_length,sepal"},
		{"after the header", "sepal_length,sepal_width,petal_length,petal_width,species\n"},
		{"inside a flower", uci + "5.1,3."},
		{"at the end of a flower", uci + "5.1,3.5,1.4,0.2,Iris-setosa"},
		{"inside quotes", uci + "5.1,\"3.5\n"},
		{"after a flower", uci},
		{"after many flowers", strings.Repeat(uci, 1000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, reader := range readers {
				r := io.MultiReader(strings.NewReader(tt.before), iotest.ErrReader(broken))
				got, err := iris.Read(reader.wrap(r))
				if got != nil || !errors.Is(err, broken) {
					t.Errorf("%s:\ngot  %v, error %v\nwant error %v", reader.name, got, err, broken)
				}
			}
		})
	}

	t.Run("time-out", func(t *testing.T) {
		got, err := iris.Read(iotest.TimeoutReader(strings.NewReader(uci)))
		if got != nil || !errors.Is(err, iotest.ErrTimeout) {
			t.Errorf("got  %v, error %v\nwant error %v", got, err, iotest.ErrTimeout)
		}
	})
}

// readFile reads the data set that comes with the program.
func readFile(t *testing.T) iris.Flowers {
	t.Helper()
	flowers, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		t.Fatalf("data.Iris: %v", err)
	}
	return flowers
}

func TestReadFile(t *testing.T) {
	flowers := readFile(t)
	if got, want := len(flowers), 150; got != want {
		t.Fatalf("got %d flowers, want %d", got, want)
	}

	published := []struct {
		name string
		row  int
		want iris.Flower
	}{
		{"first", 0, iris.Flower{5.1, 3.5, 1.4, 0.2, iris.Setosa}},
		{"part 13", 1, iris.Flower{4.9, 3.0, 1.4, 0.2, iris.Setosa}},
		{"sample 35, 0.2 wide in Fisher's article", 34, iris.Flower{4.9, 3.1, 1.5, 0.1, iris.Setosa}},
		{"sample 38, 3.6 and 1.4 in Fisher's article", 37, iris.Flower{4.9, 3.1, 1.5, 0.1, iris.Setosa}},
		{"part 13", 51, iris.Flower{6.4, 3.2, 4.5, 1.5, iris.Versicolor}},
		{"part 13", 101, iris.Flower{5.8, 2.7, 5.1, 1.9, iris.Virginica}},
		{"last", 149, iris.Flower{5.9, 3.0, 5.1, 1.8, iris.Virginica}},
	}
	for _, tt := range published {
		if got := flowers[tt.row]; got != tt.want {
			t.Errorf("row %d (%s):\ngot  %v\nwant %v", tt.row, tt.name, got, tt.want)
		}
	}

	// The species' means of UCI's file as they are published. Those of Fisher's
	// article differ in setosa: 3.428, 1.462, 0.246.
	means := map[iris.Species][4]float64{
		iris.Setosa:     {5.006, 3.418, 1.464, 0.244},
		iris.Versicolor: {5.936, 2.770, 4.260, 1.326},
		iris.Virginica:  {6.588, 2.974, 5.552, 2.026},
	}
	for species, want := range means {
		var count int
		var got [4]float64
		for i, f := range flowers {
			if f.Species != species {
				continue
			}
			count++
			if i/50 != int(species) {
				t.Errorf("row %d: got %v, want %v", i, species, iris.Species(i/50))
			}
			for j, length := range [4]float64{f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth} {
				got[j] += length / 50
			}
		}
		if count != 50 {
			t.Errorf("%v: got %d flowers, want 50", species, count)
		}
		for j := range got {
			if math.Abs(got[j]-want[j]) > 1e-9 {
				t.Errorf("%v: column %d: got mean %.6f, want %.3f", species, j+1, got[j], want[j])
			}
		}
	}
}

var place = regexp.MustCompile(`^line ([0-9]+), (?:(column|character) [1-9][0-9]*[ :]|header:)`)

func FuzzRead(f *testing.F) {
	for _, tt := range forms {
		f.Add(tt.input)
	}
	for _, tt := range refusals {
		f.Add(tt.input)
	}
	for _, text := range formsOf(three) {
		f.Add(text)
	}
	f.Add("5.1;3.5;1.4;0.2;Iris-setosa\n")
	f.Add("5.1\t3.5\t1.4\t0.2\tIris-setosa\n")
	f.Add("5.1,3.5,1.4,0.2,Iris-setosa\r4.9,3.0,1.4,0.2,Iris-setosa\r")        // old Macintosh
	f.Add("\xff\xfe5\x00.\x001\x00,\x003\x00.\x005\x00\n\x00")                 // UTF-16
	f.Add("\"5.1\n\",3.5,1.4,0.2,\"\nIris-setosa\n\"\n0,3.5,1.4,0.2,setosa\n") // line breaks in quotes
	f.Add("0x1p2,3.5,1.7976931348623157e308,5e-324,setosa\n")
	f.Fuzz(func(t *testing.T, input string) {
		flowers, err := iris.Read(strings.NewReader(input))
		if (err != nil) == (len(flowers) > 0) {
			t.Fatalf("got %d flowers and error %v, want one of both", len(flowers), err)
		}

		slow, slowErr := iris.Read(iotest.OneByteReader(strings.NewReader(input)))
		if !slices.Equal(slow, flowers) || fmt.Sprint(slowErr) != fmt.Sprint(err) {
			t.Errorf("byte by byte:\ngot  %v, error %v\nwant %v, error %v", slow, slowErr, flowers, err)
		}

		table, tableErr := iris.Options{}.Read(strings.NewReader(input))
		if tableErr != nil {
			checkError(t, tableErr, input)
		}
		if err != nil {
			checkError(t, err, input)
			return
		}
		if tableErr != nil || !slices.Equal(table.Flowers, flowers) {
			t.Errorf("Options.Read: got %+v, error %v, want %v", table, tableErr, flowers)
		}
		var again strings.Builder
		for i, flower := range flowers {
			x := [4]float64{flower.SepalLength, flower.SepalWidth, flower.PetalLength, flower.PetalWidth}
			for _, length := range x {
				if !(length > 0 && length <= math.MaxFloat64) {
					t.Errorf("flower %d: got length %v, want a finite one above 0", i, length)
				}
			}
			if flower.Species < iris.Setosa || flower.Species > iris.Virginica {
				t.Errorf("flower %d: got %v, want one of the three", i, flower.Species)
			}
			fmt.Fprintf(&again, "%v,%v,%v,%v,Iris-%v\n", x[0], x[1], x[2], x[3], flower.Species)
		}
		got, err := iris.Read(strings.NewReader(again.String()))
		if err != nil || !slices.Equal(got, flowers) {
			t.Errorf("written and read again:\ngot  %v, error %v\nwant %v", got, err, flowers)
		}
	})
}

// checkError checks that an error names a place that the input has, in one
// short line.
func checkError(t *testing.T, err error, input string) {
	text := err.Error()
	if len(text) > 600 || strings.ContainsAny(text, "\r\n\x1b") {
		t.Errorf("got error %q, want one short line", text)
	}
	if text == noFlowers {
		return
	}
	if strings.HasPrefix(text, "found ") || strings.HasPrefix(text, "the ") || strings.HasPrefix(text, "what ") {
		return // of the file as a whole
	}
	found := place.FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("got error %q, want it to begin with line and column", text)
	}
	var line int
	fmt.Sscan(found[1], &line)
	if lines := strings.Count(strings.ReplaceAll(input, "\r", "\n"), "\n") + 1; line < 1 || line > lines {
		t.Errorf("got error %q, want a line from 1 to %d", text, lines)
	}
}
