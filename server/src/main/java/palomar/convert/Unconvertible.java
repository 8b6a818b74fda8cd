package palomar.convert;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The conversion won't do, now or later: the message says why, in words for people. RFC 5259 9
public final class Unconvertible extends Exception {
    private static final long serialVersionUID = 1L;

    /// Which code the client gets.
    public enum Kind {
        /// The named parameters are to blame; without any, the content is.
        BAD_PARAMETERS,
        /// The named parameters are needed.
        MISSING_PARAMETERS
    }

    private final Kind kind;
    private final List<String> parameters;

    private Unconvertible(Kind kind, String why, Collection<String> parameters) {
        super(why, null, false, false);
        this.kind = kind;
        this.parameters = List.copyOf(parameters);
    }

    /// This content can't be converted, whatever the parameters.
    static Unconvertible content(String why) {
        return new Unconvertible(Kind.BAD_PARAMETERS, why, List.of());
    }

    static Unconvertible bad(String why, Collection<String> parameters) {
        return new Unconvertible(Kind.BAD_PARAMETERS, why, parameters);
    }

    static Unconvertible missing(String why, Collection<String> parameters) {
        return new Unconvertible(Kind.MISSING_PARAMETERS, why, parameters);
    }

    public Kind kind() {
        return kind;
    }

    /// Names of parameters, in lower case.
    public List<String> parameters() {
        return parameters;
    }

    public String why() {
        return Optional.ofNullable(getMessage()).orElse("");
    }
}
