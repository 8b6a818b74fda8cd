package palomar.sieve.ext.comparators;

import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.match.Comparator;

/// One comparator. RFC 5228 2.7.3
public record ComparatorExtension(Comparator comparator) implements Extension {
    @Override
    public String name() {
        return "comparator-" + comparator.wire();
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.comparator(comparator);
    }
}
