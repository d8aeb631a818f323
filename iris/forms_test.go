package iris_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"backprop/data"
	"backprop/iris"
)

// The 150 flowers as fields, and functions that write them in the forms in which people have
// them.

func uciFlowers(t testing.TB) iris.Flowers {
	t.Helper()
	flowers, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		t.Fatal(err)
	}
	return flowers
}

// rowsOf returns the fields of each flower, with species as it is written.
func fieldsOf(flowers iris.Flowers, species func(iris.Species) string) [][]string {
	var rows [][]string
	for _, f := range flowers {
		rows = append(rows, []string{fmt.Sprint(f.SepalLength), fmt.Sprint(f.SepalWidth), fmt.Sprint(f.PetalLength), fmt.Sprint(f.PetalWidth), species(f.Species)})
	}
	return rows
}

func named(s iris.Species) string { return s.String() }
func coded(s iris.Species) string { return fmt.Sprint(int(s)) }

func lines(rows [][]string, separator string) string {
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row, separator) + "\n")
	}
	return b.String()
}

// changed returns the rows with each changed.
func changed(rows [][]string, change func(i int, row []string) []string) [][]string {
	var list [][]string
	for i, row := range rows {
		list = append(list, change(i, slices.Clone(row)))
	}
	return list
}

func decimalCommas(rows [][]string) [][]string {
	return changed(rows, func(_ int, row []string) []string {
		for i := range row[:4] {
			row[i] = strings.Replace(row[i], ".", ",", 1)
		}
		return row
	})
}

func withNumbers(rows [][]string) [][]string {
	return changed(rows, func(i int, row []string) []string { return append([]string{fmt.Sprint(i + 1)}, row...) })
}

func oneHot(rows [][]string) [][]string {
	return changed(rows, func(_ int, row []string) []string {
		hot := []string{"0", "0", "0"}
		hot[slices.Index([]string{"setosa", "versicolor", "virginica"}, row[4])] = "1"
		return append(row[:4], hot...)
	})
}

const names4 = "sepal_length,sepal_width,petal_length,petal_width,"

// formsOf returns the flowers of UCI's file in every form that is read.
func formsOf(want iris.Flowers) map[string]string {
	plain, codes := fieldsOf(want, named), fieldsOf(want, coded)
	iris150 := lines(plain, ",")
	spelled := func(format string) string {
		return lines(fieldsOf(want, func(s iris.Species) string { return fmt.Sprintf(format, s) }), ",")
	}
	tests := map[string]string{
		"commas": iris150, "semicolons": lines(plain, ";"), "tabs": lines(plain, "\t"), "blanks": lines(plain, " "), "many blanks": lines(plain, "   "),
		"comma and blank": lines(plain, ", "), "semicolon and blank": lines(plain, " ; "),
		"decimal commas, semicolons": lines(decimalCommas(plain), ";"), "decimal commas, tabs": lines(decimalCommas(plain), "\t"), "decimal commas, blanks": lines(decimalCommas(plain), " "),
		"header, decimal commas, semicolons": strings.ReplaceAll(names4, ",", ";") + "species\n" + lines(decimalCommas(plain), ";"),
		"header, tabs":                       strings.ReplaceAll(names4, ",", "\t") + "species\n" + lines(plain, "\t"),
		"header, blanks":                     strings.ReplaceAll(names4, ",", " ") + "species\n" + lines(plain, " "),

		"Iris-setosa": spelled("Iris-%v"), "iris_setosa": spelled("iris_%v"), "I. setosa": spelled("I. %v"), "Iris setosa": spelled("Iris %v"), "I.setosa": spelled("I.%v"), "quoted": spelled("\"%v\""),
		"Setosa": lines(fieldsOf(want, func(s iris.Species) string { return strings.ToUpper(s.String()[:1]) + s.String()[1:] }), ","), "SETOSA": strings.ToUpper(iris150),
		"Iris setosa, blanks": strings.ReplaceAll(spelled("Iris %v"), ",", " "),

		"columns of several kinds": "when," + names4 + "who,species\n" + lines(changed(plain, func(i int, row []string) []string { return append(append([]string{"May"}, row[:4]...), "me", row[4]) }), ","),
		"row numbers under a name": "flower_no," + names4 + "species\n" + lines(withNumbers(plain), ","),
		"row numbers without one":  "," + names4 + "species\n" + lines(withNumbers(plain), ","),
		"R, a name short":          names4 + "species\n" + lines(withNumbers(plain), ","),
		"R, a name short, blanks": strings.ReplaceAll(`"Sepal.Length","Sepal.Width","Petal.Length","Petal.Width","Species"`, ",", " ") + "\n" + lines(changed(withNumbers(plain), func(_ int, row []string) []string {
			row[0] = `"` + row[0] + `"`
			row[5] = `"` + row[5] + `"`
			return row
		}), " "),
		"numbers beside the names":  names4 + "target,species\n" + lines(changed(plain, func(i int, row []string) []string { return append(append(row[:4:4], codes[i][4]), row[4]) }), ","),
		"another order":             "species,petal_width,petal_length,sepal_width,sepal_length\n" + lines(changed(plain, func(_ int, row []string) []string { slices.Reverse(row); return row }), ","),
		"scikit-learn":              "150,4,setosa,versicolor,virginica\n" + lines(codes, ","),
		"TensorFlow, another order": "120,4,virginica,setosa,versicolor\n" + lines(fieldsOf(want, func(s iris.Species) string { return fmt.Sprint((int(s) + 1) % 3) }), ","),
		"counts, decimal codes":     "150,4,setosa,versicolor,virginica\n" + lines(fieldsOf(want, func(s iris.Species) string { return fmt.Sprintf("%.1f", float64(s)) }), ","),
		"one-hot":                   names4 + "setosa,versicolor,virginica\n" + lines(oneHot(plain), ","),
		"one-hot, pandas":           names4 + "species_setosa,species_versicolor,species_virginica\n" + strings.NewReplacer(",1", ",1", ",0,", ",0,").Replace(lines(oneHot(plain), ",")),
		"one-hot, Iris-setosa":      names4 + "Iris-setosa,Iris-versicolor,Iris-virginica\n" + lines(oneHot(plain), ","),
		"ARFF":                      "% from Weka\n@RELATION iris\n\n@ATTRIBUTE sepallength\tREAL\n@ATTRIBUTE sepalwidth REAL\n@ATTRIBUTE petallength REAL\n@ATTRIBUTE petalwidth REAL\n@ATTRIBUTE class {Iris-setosa,Iris-versicolor,Iris-virginica}\n@DATA\n" + spelled("Iris-%v") + "%\n",
		"ARFF, quoted":              "@relation 'iris'\n@attribute 'petal width' numeric\n@attribute 'petal length' numeric\n@attribute 'sepal width' numeric\n@attribute 'sepal length' numeric\n@attribute 'class' {a}\n@data\n" + lines(changed(plain, func(_ int, row []string) []string { return []string{row[3], row[2], row[1], row[0], row[4]} }), ","),

		"ARFF, Weka's quotes":             "@RELATION iris\n\t@ATTRIBUTE sepallength NUMERIC\n\t@ATTRIBUTE sepalwidth NUMERIC\n\t@ATTRIBUTE petallength NUMERIC\n\t@ATTRIBUTE petalwidth NUMERIC\n\t@ATTRIBUTE class {'Iris setosa'}\n  @DATA\n" + spelled("'Iris %v'"),
		"one-hot, class_":                 names4 + "class_Iris-setosa,class_Iris-versicolor,class_Iris-virginica\n" + lines(oneHot(plain), ","),
		"one-hot beside numbers":          names4 + "setosa,versicolor,virginica,target\n" + lines(changed(oneHot(plain), func(i int, row []string) []string { return append(row, codes[i][4]) }), ","),
		"UCI's Versicolour":               strings.ReplaceAll(spelled("Iris %v"), "versicolor", "Versicolour"),
		"Excel's line with the separator": "sep=;\n" + lines(decimalCommas(plain), ";"), "Excel's line, commas and CRLF": "\ufeffsep=,\r\n" + strings.ReplaceAll(iris150, "\n", "\r\n"),

		"CR": strings.ReplaceAll(iris150, "\n", "\r"), "CRLF": strings.ReplaceAll(iris150, "\n", "\r\n"), "byte order mark": "\ufeff" + iris150, "byte order mark, header": "\ufeff" + names4 + "species\n" + iris150,
		"commas only": iris150 + ",,,,\n,,,,,,\n", "semicolons only": lines(plain, ";") + ";;;;\n", "comments": "# Fisher 1936\n" + names4 + "species\n# setosa first\n" + iris150 + "# the end\n",
		"comment above counts": "# x\n150,4,setosa,versicolor,virginica\n" + lines(codes, ","), "no line break at the end": strings.TrimSuffix(iris150, "\n"),
	}
	for _, names := range []string{"Name", "target", "type", "plant", "class", "variety", "label", "CLASS", "species_name", "Target Name"} {
		tests["the species is called "+names] = names4 + names + "\n" + iris150
	}
	for _, format := range []string{"%s_%s_in_cm", "%s %s (cm)", "%s_%s_cm", "%s-%s", "%s.%s", "%s%s", "%s %s [cm]", "%s%sCm"} {
		var lengths []string
		for _, part := range [][2]string{{"Sepal", "Length"}, {"Sepal", "Width"}, {"Petal", "Length"}, {"Petal", "Width"}} {
			lengths = append(lengths, fmt.Sprintf(format, part[0], part[1]))
		}
		tests["the lengths are called "+lengths[0]] = strings.Join(lengths, ",") + ",species\n" + iris150
	}
	return tests
}

// Each form is read as the flowers of UCI's file, to the last digit.
func TestForms(t *testing.T) {
	want := uciFlowers(t)
	tests := formsOf(want)
	if len(tests) < 60 {
		t.Errorf("got %d forms, want 60 at least", len(tests))
	}
	for form, text := range tests {
		got, err := iris.Read(strings.NewReader(text))
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %d flowers, error %v, want UCI's 150: %.120q", form, len(got), err, text)
		}
		if w := got.Warnings(); w != nil {
			t.Errorf("%s: got warnings %v, want none", form, w)
		}
	}
}

// What is not read is recognised, and the error says what to do.
func TestFormsRefused(t *testing.T) {
	want := uciFlowers(t)
	plain := fieldsOf(want, named)
	scaled := func(factor float64) string {
		return lines(changed(plain, func(i int, row []string) []string {
			f := want[i]
			for j, v := range []float64{f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth} {
				row[j] = fmt.Sprintf("%.4g", v*factor)
			}
			return row
		}), ",")
	}
	oneColumn := func(column int, factor float64) string {
		return lines(changed(plain, func(_ int, row []string) []string {
			v, _ := strconv.ParseFloat(row[column], 64)
			row[column] = fmt.Sprintf("%.4g", v*factor)
			return row
		}), ",")
	}
	utf := func(order func(hi, lo byte) []byte) string {
		var b []byte
		for _, u := range utf16.Encode([]rune("\ufeff" + lines(plain, ","))) {
			b = append(b, order(byte(u>>8), byte(u))...)
		}
		return string(b)
	}
	const lines5 = ", expected lines such as 5.1,3.5,1.4,0.2,Iris-setosa: "
	const called = "what is read as sepal_length, sepal_width, petal_length, petal_width looks like "
	const sameOrder = ": are the names and the numbers in the same order? (Without names, the first order is meant.)"
	for _, test := range []struct{ name, text, want string }{
		{"UTF-16, little end first", utf(func(hi, lo byte) []byte { return []byte{lo, hi} }), "found text in UTF-16" + lines5 + "save it as CSV UTF-8"},
		{"UTF-16, big end first", utf(func(hi, lo byte) []byte { return []byte{hi, lo} }), "found text in UTF-16" + lines5 + "save it as CSV UTF-8"},
		{"UTF-16 without a mark", utf(func(hi, lo byte) []byte { return []byte{lo, hi} })[2:], "found text in UTF-16" + lines5 + "save it as CSV UTF-8"},
		{"Excel", "PK\x03\x04\x14\x00", "found an Excel workbook (or another archive)" + lines5 + "open it, and save it as CSV UTF-8"},
		{"old Excel", "\xd0\xcf\x11\xe0\xa1\xb1", "found an old Excel workbook" + lines5 + "open it, and save it as CSV UTF-8"},
		{"gzip", "\x1f\x8b\x08", "found a file compressed with gzip" + lines5 + "unpack it first"},
		{"JSON", "[{\"sepalLength\": 5.1}]", "found JSON" + lines5 + "write a line for each flower, with commas between the values"},
		{"web page", "\n<!DOCTYPE html>\n<html>", "found a web page, or XML" + lines5 + "download the file itself, such as a page's \"raw\" link"},
		{"Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "found a Git LFS pointer, which stands for a file" + lines5 + "run git lfs pull to get the file itself"},
		{"Python", "# a notebook\nimport numpy as np\n", "found a Python program" + lines5 + "give the file that it reads or writes"},
		{"Python, from", "from sklearn.datasets import load_iris\n", "found a Python program" + lines5 + "give the file that it reads or writes"},

		{"Python, a text first", "\"\"\"Iris.\n\nflowers\n\"\"\"\nimport csv\n", "found a Python program" + lines5 + "give the file that it reads or writes"},
		{"Python, a list", "# flowers\nX = np.array([[5.1, 3.5, 1.4, 0.2]])\n", "found a Python program" + lines5 + "give the file that it reads or writes"},
		{"a part of a web page", "<table>\n<tr><td>5.1</td></tr>", "found a web page, or XML" + lines5 + "download the file itself, such as a page's \"raw\" link"},
		{"a download that failed", "404: Not Found", "found the answer of a server that has no such file" + lines5 + "check the address, and download the file again"},
		{"RTF", "{\\rtf1\\ansi 5.1,3.5,1.4,0.2,setosa}", "found a text document (RTF)" + lines5 + "copy the table out of it, and save it as CSV UTF-8"},
		{"NumPy's own format", "\x93NUMPY\x01\x00v\x00{'descr': '<f8'}\n", "found a file that is not text" + lines5 + "open it in the program that wrote it, and save it as CSV UTF-8"},

		{"header with commas, rows with semicolons", names4 + "species\n" + lines(plain, ";"), `line 2, column 1: found "5.1;3.5;1.4;0.2;setosa", expected 5 columns, separated as in the first line`},
		{"header with tabs, rows with blanks", strings.ReplaceAll(names4, ",", "\t") + "species\n" + lines(plain, " "), `line 2, column 1: found "5.1 3.5 1.4 0.2 setosa", expected 5 columns, separated as in the first line`},
		{"a comma after each row", names4 + "species\n" + strings.ReplaceAll(lines(plain, ","), "\n", ",\n"), "line 2, column 6: found 6 columns, expected 5"},
		{"decimal commas in quotes", names4 + "species\n\"5,1\",\"3,5\",\"1,4\",\"0,2\",setosa\n", `line 2, column 1 (sepal_length): found "5,1", expected 5.1 with a decimal point`},
		{"counts with a species twice", "150,4,setosa,setosa,virginica\n" + lines(fieldsOf(want, coded), ","), `line 1, column 3 (petal_length): found "setosa", expected a finite length in cm, above 0`},

		{"bare numbers", lines(fieldsOf(want, coded), ","), `line 1, column 5 (species): found "0", ` + bareNumber},
		{"a number that is not in the first line", "150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,3\n", `line 2, column 5 (species): found "3", expected a number from 0 to 2, as the first line says`},
		{"millimetres", scaled(10), "the lengths look like millimetres, expected cm: divide them by 10"},
		{"inches", scaled(1 / 2.54), "the lengths look like inches, expected cm: multiply them by 2.54"},
		{"one column in inches", oneColumn(3, 1/2.54), "the column petal_width looks like inches, expected cm: multiply it by 2.54"},
		{"one column in millimetres", oneColumn(2, 10), "the flowers are not like those of the data set: there, each sepal is longer and wider than the petal, and no length is above 7.9 cm. Expected sepal_length, sepal_width, petal_length, petal_width in cm, in this order or as a header says"},
		{"scaled to 0…1", scaled(1 / 7.9), "the lengths look scaled, since none is above 1: train and predict read them with -scaled"},
		{"metres", scaled(0.01), "the flowers are not like those of the data set: there, each sepal is longer and wider than the petal, and no length is above 7.9 cm. Expected sepal_length, sepal_width, petal_length, petal_width in cm, in this order or as a header says"},
		{"mm in the header", "sepal_length_mm,sepal_width,petal_length,petal_width,species\n" + lines(plain, ","), `line 1, column 1: found "sepal_length_mm", expected lengths in cm: divide millimetres by 10, multiply inches by 2.54`},
		{"header and numbers in other orders", "petal_length,petal_width,sepal_length,sepal_width,species\n" + lines(plain, ","), called + "petal_length, petal_width, sepal_length, sepal_width" + sameOrder},
		{"no header, another order", lines(changed(plain, func(_ int, row []string) []string { row[0], row[2] = row[2], row[0]; return row }), ","), called + "petal_length, sepal_width, sepal_length, petal_width" + sameOrder},
		{"species exchanged", lines(fieldsOf(want, func(s iris.Species) string { return iris.Species((s + 1) % 3).String() }), ","), "the species look exchanged: what is called setosa, versicolor, virginica looks like virginica, setosa, versicolor"},
		{"decimal commas, commas", lines(decimalCommas(plain), ","), "line 1, column 6: found 9 columns, expected 5: if these are decimal commas, save the file with semicolons between the values"},
		{"one-hot, none", names4 + "setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0,0,0\n", "line 2, column 5 (setosa): found 0 for each species, expected 1 for one of them"},
		{"one-hot, two", names4 + "setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,1,0,1\n", "line 2, column 7 (virginica): found a second 1, expected 0"},
		{"one-hot, other", names4 + "setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,2,0,0\n", `line 2, column 5 (setosa): found "2", expected 0 or 1`},
		{"ARFF without a length", "@attribute sepallength real\n@data\n5.1\n", "line 3, header: found no column sepal_width, expected all of " + five},
	} {
		if got, err := iris.Read(strings.NewReader(test.text)); got != nil || err == nil || err.Error() != test.want {
			t.Errorf("%s: got %d flowers and\n%v, want\n%s", test.name, len(got), err, test.want)
		}
	}
}

// Whatever is exchanged, nothing is read as something else without a word: columns, units of all
// lengths or of some, and the species; for all flowers, for those of one species, and for some.
func TestNothingIsReadWronglyWithoutAWord(t *testing.T) {
	want := uciFlowers(t)
	r := rand.New(rand.NewSource(1))
	sets := []func() iris.Flowers{
		func() iris.Flowers { return want },
		func() iris.Flowers { s := 50 * r.Intn(3); return want[s : s+50] },
		func() iris.Flowers { some, _ := want.Pick(r.Perm(150)[:60]...); return some },
	}
	units := [][4]float64{
		{1, 1, 1, 1}, {1, 1, 1, 1}, {10, 10, 10, 10}, {inch, inch, inch, inch},
		{1, 1, 1, inch}, {1, 1, inch, inch}, {1, inch, 1, inch}, {1, 1, 1, 10}, {10, 1, 1, 10},
	}
	for i := range 600 {
		flowers := sets[i%len(sets)]()
		columns, species, factors := r.Perm(4), r.Perm(3), units[r.Intn(len(units))]
		if i%len(sets) == 1 {
			species = []int{0, 1, 2} // a versicolor called setosa, with its petal in inches, is like one
		}
		if r.Intn(2) == 0 {
			columns = []int{0, 1, 2, 3}
		}
		var wrong iris.Flowers
		for _, f := range flowers {
			l := [4]float64{f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth}
			var to [4]float64
			for i, from := range columns {
				to[i] = l[from] * factors[from]
			}
			wrong = append(wrong, iris.Flower{to[0], to[1], to[2], to[3], iris.Species(species[f.Species])})
		}
		got, err := iris.Read(strings.NewReader(lines(fieldsOf(wrong, named), ",")))
		if err == nil && len(got.Warnings()) == 0 && !slices.Equal(got, flowers) {
			t.Errorf("%d flowers, columns %v, species %v, times %v: got other flowers without a word", len(flowers), columns, species, factors)
		}
		if slices.Equal(wrong, flowers) && err != nil {
			t.Errorf("%d flowers as they are: got %v", len(flowers), err)
		}
	}
}

const inch = 1 / 2.54 // of a cm

// A fifth number without a name is not taken for a row number, whatever the first number is.
func TestColumnWithoutAName(t *testing.T) {
	text := strings.TrimSuffix(names4, ",") + "\n" + lines(fieldsOf(uciFlowers(t)[50:100], coded), ",")
	const want = "line 2, column 5: found 5 columns, expected 4"
	if table, err := (iris.Options{}).Read(strings.NewReader(text)); table != nil || err == nil || err.Error() != want {
		t.Errorf("got the error %v, want %s", err, want)
	}
}

// One flower has no row to name.
func TestWarningOfOneFlower(t *testing.T) {
	f, err := iris.ParseFlower("5.1", "3.5", "1.4", "2")
	want := []string{"the flower is odd: the petal is as wide as it is long or wider (2 and 1.4 cm)"}
	if got := (iris.Flowers{f}).Warnings(); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, error %v, want %q", got, err, want)
	}
}

// Flowers of the data set are never suspicious, however few there are.
func TestFewFlowersAreNotSuspicious(t *testing.T) {
	want := uciFlowers(t)
	r := rand.New(rand.NewSource(2))
	for i := range 3000 {
		some := iris.Flowers{want[i%150]}
		for range r.Intn(20) * (i / 150 % 2) {
			some = append(some, want[r.Intn(150)])
		}
		if _, err := iris.Read(strings.NewReader(lines(fieldsOf(some, named), ","))); err != nil {
			t.Errorf("%v: got %v", some, err)
		}
		if _, err := iris.ParseFlower(fieldsOf(some, named)[0][:4]...); err != nil {
			t.Errorf("%v: got %v", some[0], err)
		}
	}
}

// One odd flower among many is the reader's business, who is warned.
func TestWarnings(t *testing.T) {
	flowers := uciFlowers(t)
	for _, test := range []struct {
		odd  iris.Flower
		want string
	}{
		{iris.Flower{SepalLength: 1.4, SepalWidth: 3.5, PetalLength: 5.1, PetalWidth: 0.2}, "the petal is as long as the sepal or longer (5.1 and 1.4 cm)"},
		{iris.Flower{SepalLength: 5.1, SepalWidth: 0.2, PetalLength: 1.4, PetalWidth: 3.5}, "the petal is as wide as the sepal or wider (3.5 and 0.2 cm)"},
		{iris.Flower{SepalLength: 3.5, SepalWidth: 5.1, PetalLength: 1.4, PetalWidth: 0.2}, "the sepal is as wide as it is long or wider (5.1 and 3.5 cm)"},
		{iris.Flower{SepalLength: 5.1, SepalWidth: 3.5, PetalLength: 1.4, PetalWidth: 2}, "the petal is as wide as it is long or wider (2 and 1.4 cm)"},
		{iris.Flower{SepalLength: 5.1, SepalWidth: 3.5, PetalLength: 1.4, PetalWidth: 999}, "the petal is as wide as the sepal or wider (999 and 3.5 cm)"},
		{iris.Flower{SepalLength: 51, SepalWidth: 35, PetalLength: 14, PetalWidth: 2}, "a length of 51 cm, where no flower of the data set has more than 7.9"},
		{iris.Flower{SepalLength: 2, SepalWidth: 1.4, PetalLength: 0.6, PetalWidth: 0.1}, "2, 1.4, 0.6, 0.1 cm is not like any species"},
	} {
		flowers[17] = test.odd
		got, err := iris.Read(strings.NewReader(lines(fieldsOf(flowers, named), ",")))
		if err != nil {
			t.Fatal(err)
		}
		if w := got.Warnings(); len(w) != 1 || w[0] != "the flower in row 17 is odd: "+test.want {
			t.Errorf("got %q, want that %s", w, test.want)
		}
	}
}
