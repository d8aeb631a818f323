package iris

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// typical are the mean lengths of each species in the data set.
var typical = [3][4]float64{
	Setosa:     {5.0, 3.4, 1.5, 0.2},
	Versicolor: {5.9, 2.8, 4.3, 1.3},
	Virginica:  {6.6, 3.0, 5.6, 2.0},
}

func (f Flower) lengths() [4]float64 {
	return [4]float64{f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth}
}

// distance returns how far the lengths are from the species' typical ones, in cm: the mean of the
// four differences.
func distance(lengths [4]float64, species Species) float64 {
	sum := 0.0
	for i, v := range lengths {
		sum += math.Abs(v - typical[species][i])
	}
	return sum / 4
}

// nearest returns the species whose typical lengths are nearest to these.
func nearest(lengths [4]float64) Species {
	best := Setosa
	for _, s := range []Species{Versicolor, Virginica} {
		if distance(lengths, s) < distance(lengths, best) {
			best = s
		}
	}
	return best
}

// orNearest returns the species if it is known, or else the nearest one.
func orNearest(species Species, isKnown bool, lengths [4]float64) Species {
	if isKnown {
		return species
	}
	return nearest(lengths)
}

// A misreading is another way to understand a file.
type misreading struct {
	order   [4]int // the length that each column really has
	factor  float64
	species [3]Species
	says    string
}

// many flowers are so many that an odd one among them hardly changes the mean.
const many = 10

// suspicion returns an error if the flowers as a whole are far from those of the data set, and
// says which misreading would bring them near. (In the data set no flower is farther than 0.9 from
// its species.)
func (f Flowers) suspicion(hasSpecies bool) error {
	isOdd, clearly := 0.45, 2.5 // cm away, and so many times nearer if misread
	if len(f) >= many {
		isOdd, clearly = 0.25, 1.5
	}
	usual := misreading{[4]int{0, 1, 2, 3}, 1, [3]Species{0, 1, 2}, ""}
	far := f.farness(usual, hasSpecies)
	if far > isOdd {
		best, least := usual, far
		for _, m := range f.misreadings(hasSpecies) {
			if d := f.farness(m, hasSpecies); d < least {
				best, least = m, d
			}
		}
		if least*clearly < far && least < 1 {
			return errors.New(best.says)
		}
	}
	inches := f.inInches(hasSpecies)
	switch {
	case inches != "":
		return fmt.Errorf("the column %s looks like inches, expected cm: multiply it by 2.54",
			inches)
	case far > isOdd && f.areShares():
		return errors.New("the lengths look scaled, since none is above 1: " +
			"train and predict read them with -scaled")
	case far > 1:
		return errors.New("the flowers are not like those of the data set: there, each sepal is " +
			"longer and wider than the petal, and no length is above 7.9 cm. " +
			"Expected " + fourNames + " in cm, in this order or as a header says")
	}
	return nil
}

// inInches returns the name of a length that, over many flowers, is what it would be in inches, or
// "" if there is none. (A single length in millimetres makes the flowers odd enough.)
func (f Flowers) inInches(hasSpecies bool) string {
	if len(f) < many {
		return ""
	}
	var found, expected [4]float64
	for _, flower := range f {
		species := orNearest(flower.Species, hasSpecies, flower.lengths())
		for i, v := range flower.lengths() {
			found[i] += v
			expected[i] += typical[species][i]
		}
	}
	for i, name := range columnNames[:speciesColumn] {
		if share := found[i] / expected[i]; share > 0.25 && share < 0.63 { // about 1/2.54 = 0.39
			return name
		}
	}
	return ""
}

// areShares reports whether the lengths are between 0 and 1, and come near 1: they are shares of
// the largest one.
func (f Flowers) areShares() bool {
	largest := 0.0
	for _, flower := range f {
		l := flower.lengths()
		largest = max(largest, l[0], l[1], l[2], l[3])
	}
	return largest > 0.5 && largest <= 1
}

// tooFar is a distance in cm that means no more than that: a single flower must not decide.
const tooFar = 2

// farness returns the mean distance of the flowers from typical ones, understood in that way.
func (f Flowers) farness(m misreading, hasSpecies bool) float64 {
	sum := 0.0
	for _, flower := range f {
		var lengths [4]float64
		for i, v := range flower.lengths() {
			lengths[m.order[i]] = v * m.factor
		}
		species := orNearest(m.species[flower.Species], hasSpecies, lengths)
		sum += min(distance(lengths, species), tooFar)
	}
	return sum / float64(len(f))
}

// misreadings returns those that are tried. That the species are exchanged can be told of many
// flowers only.
func (f Flowers) misreadings(hasSpecies bool) (list []misreading) {
	same := [3]Species{0, 1, 2}
	for _, order := range permutations(4) {
		list = append(list, misreading{[4]int(order), 1, same,
			"what is read as " + fourNames + " looks like " + inOrder(order) +
				": are the names and the numbers in the same order? " +
				"(Without names, the first order is meant.)"})
	}
	usual := [4]int{0, 1, 2, 3}
	list = append(list,
		misreading{usual, 0.1, same,
			"the lengths look like millimetres, expected cm: divide them by 10"},
		misreading{usual, 2.54, same,
			"the lengths look like inches, expected cm: multiply them by 2.54"})
	if hasSpecies && len(f) >= many {
		for _, p := range permutations(3) {
			species := [3]Species{Species(p[0]), Species(p[1]), Species(p[2])}
			list = append(list, misreading{usual, 1, species, fmt.Sprintf(
				"the species look exchanged: what is called setosa, versicolor, virginica "+
					"looks like %v, %v, %v", species[0], species[1], species[2])})
		}
	}
	return list
}

// inOrder returns the names of the lengths, where order has the place of each column.
func inOrder(order []int) string {
	list := make([]string, len(order))
	for i, length := range order {
		list[i] = columnNames[length]
	}
	return strings.Join(list, ", ")
}

// permutations returns all orders of the numbers below n.
func permutations(n int) (list [][]int) {
	if n == 0 {
		return [][]int{{}}
	}
	for _, shorter := range permutations(n - 1) {
		for i := range n {
			order := append(append(append([]int{}, shorter[:i]...), n-1), shorter[i:]...)
			list = append(list, order)
		}
	}
	return list
}

// Warnings returns a sentence for each flower that is odd, with its row from 0 if there are several
// flowers. In the data set no flower is odd.
func (f Flowers) Warnings() (list []string) {
	for row, flower := range f {
		switch odd := flower.oddity(); {
		case odd == "":
		case len(f) == 1:
			list = append(list, "the flower is odd: "+odd)
		default:
			list = append(list, fmt.Sprintf("the flower in row %d is odd: %s", row, odd))
		}
	}
	return list
}

// oddity says what no flower of the data set is like, or "".
func (f Flower) oddity() string {
	l := f.lengths()
	longest := max(l[0], l[1], l[2], l[3])
	switch {
	case f.PetalLength >= f.SepalLength:
		return fmt.Sprintf("the petal is as long as the sepal or longer (%g and %g cm)",
			f.PetalLength, f.SepalLength)
	case f.PetalWidth >= f.SepalWidth:
		return fmt.Sprintf("the petal is as wide as the sepal or wider (%g and %g cm)",
			f.PetalWidth, f.SepalWidth)
	case f.SepalWidth >= f.SepalLength:
		return fmt.Sprintf("the sepal is as wide as it is long or wider (%g and %g cm)",
			f.SepalWidth, f.SepalLength)
	case f.PetalWidth >= f.PetalLength:
		return fmt.Sprintf("the petal is as wide as it is long or wider (%g and %g cm)",
			f.PetalWidth, f.PetalLength)
	case longest > 7.9:
		return fmt.Sprintf("a length of %g cm, where no flower of the data set has more than 7.9",
			longest)
	case distance(l, nearest(l)) > 1.2:
		return fmt.Sprintf("%g, %g, %g, %g cm is not like any species", l[0], l[1], l[2], l[3])
	}
	return ""
}
