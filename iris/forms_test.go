package iris_test

import (
	"fmt"
	"math/rand"
	"slices"
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
	utf := func(order func(hi, lo byte) []byte) string {
		var b []byte
		for _, u := range utf16.Encode([]rune("\ufeff" + lines(plain, ","))) {
			b = append(b, order(byte(u>>8), byte(u))...)
		}
		return string(b)
	}
	const lines5 = ", expected lines such as 5.1,3.5,1.4,0.2,Iris-setosa: "
	const called = "what is called sepal_length, sepal_width, petal_length, petal_width looks like "
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

		{"bare numbers", lines(fieldsOf(want, coded), ","), `line 1, column 5 (species): found "0", ` + bareNumber},
		{"a number that is not in the first line", "150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,3\n", `line 2, column 5 (species): found "3", expected a number from 0 to 2, as the first line says`},
		{"millimetres", scaled(10), "the lengths look like millimetres, expected cm: divide them by 10"},
		{"inches", scaled(1 / 2.54), "the lengths look like inches, expected cm: multiply them by 2.54"},
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

// Whatever is exchanged, nothing is read as something else without a word.
func TestNothingIsReadWronglyWithoutAWord(t *testing.T) {
	want := uciFlowers(t)
	r := rand.New(rand.NewSource(1))
	for range 300 {
		columns, species := r.Perm(4), r.Perm(3)
		factor := []float64{1, 1, 10, 1 / 2.54}[r.Intn(4)]
		rows := changed(fieldsOf(want, func(s iris.Species) string { return iris.Species(species[s]).String() }), func(i int, row []string) []string {
			l := []float64{want[i].SepalLength, want[i].SepalWidth, want[i].PetalLength, want[i].PetalWidth}
			for to, from := range columns {
				row[to] = fmt.Sprint(l[from] * factor)
			}
			return row
		})
		got, err := iris.Read(strings.NewReader(lines(rows, ",")))
		if err == nil && len(got.Warnings()) == 0 && !slices.Equal(got, want) {
			t.Errorf("columns %v, species %v, times %g: got other flowers without a word", columns, species, factor)
		}
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
