package palomar.config;

import java.util.List;
import java.util.stream.Collectors;

/// Settings were asked for that a file with problems does not give.
public final class InvalidSettings extends IllegalStateException {
    private final transient List<Problem> problems;

    InvalidSettings(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems;
    }

    public List<Problem> problems() {
        return problems;
    }
}
