package palomar.sieve;

import java.util.List;
import java.util.Optional;
import palomar.sieve.syntax.Position;

/// A string of a script: constant, or with variables. Immutable. RFC 5229 3
///
/// Octets that are no UTF-8 are as in [palomar.sieve.syntax.Octets].
public final class Text {
    private final Position at;
    private final String constant;
    private final List<Variable> pieces;

    private Text(Position at, String constant, List<Variable> pieces) {
        this.at = at;
        this.constant = constant;
        this.pieces = pieces;
    }

    public static Text of(Position at, String constant) {
        return new Text(at, constant, List.of());
    }

    /// @param pieces variables, and texts between them as variables that never change
    static Text of(Position at, List<Variable> pieces) {
        return new Text(at, "", List.copyOf(pieces));
    }

    public Position at() {
        return at;
    }

    public boolean isConstant() {
        return pieces.isEmpty();
    }

    /// Empty when it has variables.
    public Optional<String> constant() {
        return isConstant() ? Optional.of(constant) : Optional.empty();
    }

    public String value(Run run) {
        if (pieces.isEmpty()) {
            return constant;
        }
        if (pieces.size() == 1) {
            return pieces.getFirst().get(run);
        }
        StringBuilder value = new StringBuilder();
        long most = run.limits().mostMemory() / 8;
        for (Variable piece : pieces) {
            value.append(piece.get(run));
            if (value.length() > most) {
                throw run.fault("a string with variables exceeds the limit of " + most + " characters");
            }
        }
        run.charge(value.length() / 16);
        return value.toString();
    }
}
