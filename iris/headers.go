package iris

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// speciesNames are what people call the column with the species.
var speciesNames = []string{"species", "class", "variety", "name", "target", "type", "plant",
	"label", "speciesname", "classname", "targetname", "targetnames", "irisclass", "irisspecies",
	"flower"}

// isHeader reports whether a file's first fields name its columns, which they do if none of
// them is a number.
func isHeader(fields []string) bool {
	return !slices.ContainsFunc(fields, func(field string) bool {
		_, err := strconv.ParseFloat(field, 64)
		return err == nil || decimalComma.MatchString(field)
	})
}

// readHeader returns the layout of a file with these names above its rows. The columns may be in
// any order, and there may be others. The first row tells which column has the species, if several
// could.
func readHeader(names []string, rows []record, o Options) (*layout, error) {
	l := &layout{fields: [5]int{-1, -1, -1, -1, -1}, width: len(names), Options: o}
	shift := 0
	if haveRowNames(rows, len(names)) {
		shift = 1
		l.width++
	}
	var first []string
	if len(rows) > 0 {
		first = rows[0].fields
	}
	found := false
	hot := []int{-1, -1, -1}
	for i, name := range names {
		column, err := columnOf(name)
		if err != nil {
			return nil, fmt.Errorf("column %d: %w", i+1, err)
		}
		if s, err := parseSpecies(withoutSpeciesName(name)); err == nil {
			hot[s] = i + shift
		}
		switch {
		case column < 0:
		case column == speciesColumn:
			if l.fields[column] < 0 ||
				!isSpecies(first, l.fields[column]) && isSpecies(first, i+shift) {
				l.fields[column] = i + shift
			}
		case l.fields[column] >= 0:
			return nil, fmt.Errorf("column %d: found the name %.40q, expected %s once",
				i+1, name, columnNames[column])
		default:
			l.fields[column], found = i+shift, true
		}
	}
	if slices.Min(hot) >= 0 && !isSpecies(first, l.fields[speciesColumn]) {
		l.fields[speciesColumn], l.oneHot = -1, hot
	}
	for column, field := range l.fields {
		if field >= 0 || column == speciesColumn && (l.oneHot != nil || !o.NeedsSpecies) {
			continue
		}
		if !found {
			return nil, fmt.Errorf("column 1: found %.40q, expected a flower such as %s, "+
				"or the names of the columns: %s", names[0], example, fiveNames)
		}
		return nil, fmt.Errorf("header: found no column %s, expected all of %s",
			columnNames[column], fiveNames)
	}
	return l, nil
}

// haveRowNames reports whether the rows have a field for which the header has no name, as R's
// have: the row's number or name. It is the first one, and never a length such as 5.1.
func haveRowNames(rows []record, names int) bool {
	if len(rows) == 0 || len(rows[0].fields) != names+1 {
		return false
	}
	return !slices.ContainsFunc(rows, func(row record) bool {
		return fraction.MatchString(row.fields[0])
	})
}

var fraction = regexp.MustCompile(`^\d*[.,]\d+$`)

// withoutSpeciesName returns the name of a one-hot column without that of the species' column,
// which pandas puts before it: species_setosa is setosa.
func withoutSpeciesName(name string) string {
	before, rest, ok := strings.Cut(name, "_")
	if ok && slices.Contains(speciesNames, strings.ToLower(before)) {
		return rest
	}
	return name
}

// isSpecies reports whether that field of a record is the name of a species.
func isSpecies(fields []string, i int) bool {
	if i < 0 || i >= len(fields) {
		return false
	}
	_, err := parseSpecies(fields[i])
	return err == nil
}

// columnOf returns which of columnNames is meant, or -1: SepalLengthCm, Sepal.Length and "sepal
// length (cm)" are all sepal_length. Another unit than cm is an error.
func columnOf(name string) (int, error) {
	letters := separators.ReplaceAllString(strings.ToLower(name), "")
	if slices.Contains(speciesNames, letters) {
		return speciesColumn, nil
	}
	for i, column := range columnNames[:speciesColumn] {
		unit, ok := strings.CutPrefix(letters, strings.Replace(column, "_", "", 1))
		switch {
		case !ok:
		case slices.Contains([]string{"", "cm", "incm", "centimeters", "centimetres"}, unit):
			return i, nil
		case slices.Contains([]string{"mm", "inmm", "in", "inch", "inches", "ininches"}, unit):
			return -1, fmt.Errorf("found %.40q, expected lengths in cm: "+
				"divide millimetres by 10, multiply inches by 2.54", name)
		}
	}
	return -1, nil
}

// separators are what people write between the words of a name.
var separators = regexp.MustCompile(`[ _.()\[\]-]`)
