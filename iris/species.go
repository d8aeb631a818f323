package iris

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// countsOf returns the species that the numbers 0, 1, 2 stand for, if the fields are the first
// line of scikit-learn's and TensorFlow's files: 150,4,setosa,versicolor,virginica.
func countsOf(fields []string) []Species {
	if len(fields) < 3 {
		return nil
	}
	for _, field := range fields[:2] {
		if _, err := strconv.ParseUint(field, 10, 31); err != nil {
			return nil
		}
	}
	var codes []Species
	for _, field := range fields[2:] {
		s, err := parseSpecies(field)
		if err != nil || slices.Contains(codes, s) {
			return nil
		}
		codes = append(codes, s)
	}
	return codes
}

// species reads the name of a species, or its number where the file says what numbers mean.
func (l *layout) species(field string) (Species, error) {
	code, err := strconv.ParseFloat(field, 64)
	switch i := int(code); {
	case err != nil:
		return parseSpecies(field)
	case l.codes == nil:
		return 0, fmt.Errorf("found %.40q, expected %s: a number does not say which species "+
			"it means, unless the first line does, as in 150,4,setosa,versicolor,virginica",
			field, strings.Join(names[:], ", "))
	case float64(i) != code || i < 0 || i >= len(l.codes):
		return 0, fmt.Errorf("found %.40q, expected a number from 0 to %d, as the first line says",
			field, len(l.codes)-1)
	default:
		return l.codes[i], nil
	}
}

// parseSpecies reads the name of a species: setosa, Setosa, Iris-setosa, Iris setosa, I. setosa.
func parseSpecies(field string) (Species, error) {
	name := strings.ToLower(field)
	for _, prefix := range []string{"iris-", "iris ", "iris_", "i. ", "i."} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			name = strings.TrimSpace(rest)
			break
		}
	}
	if name == "versicolour" { // UCI's description of the data set
		name = Versicolor.String()
	}
	s := slices.Index(names[:], name)
	if s < 0 {
		return 0, fmt.Errorf("found %.40q, expected %s", field, strings.Join(names[:], ", "))
	}
	return Species(s), nil
}

// parseOneHot returns the species whose field holds 1, where the others hold 0.
func parseOneHot(fields []string, oneHot []int) (Species, error) {
	species := -1
	for s, i := range oneHot {
		switch strings.ToLower(fields[i]) {
		case "1", "1.0", "true":
			if species >= 0 {
				return 0, fmt.Errorf("column %d (%v): found a second 1, expected 0",
					i+1, Species(s))
			}
			species = s
		case "0", "0.0", "false":
		default:
			return 0, fmt.Errorf("column %d (%v): found %.40q, expected 0 or 1",
				i+1, Species(s), fields[i])
		}
	}
	if species < 0 {
		return 0, fmt.Errorf("column %d (%v): found 0 for each species, expected 1 for one of them",
			oneHot[0]+1, Species(0))
	}
	return Species(species), nil
}
