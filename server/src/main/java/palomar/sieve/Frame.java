package palomar.sieve;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The variables of one script in one run. RFC 5229, RFC 6609 3.4
public final class Frame {
    private final Program program;
    private final @Nullable String[] variables;
    private List<String> matched = List.of();

    Frame(Program program) {
        this.program = program;
        this.variables = new String[program.variables()];
    }

    public Program program() {
        return program;
    }

    /// The empty text when it was never set.
    String get(int index) {
        String value = variables[index];
        return value == null ? "" : value;
    }

    /// @return characters that the value is longer than the one before
    int set(int index, String value) {
        int before = get(index).length();
        variables[index] = value;
        return value.length() - before;
    }

    /// What the last successful match took: 0 is all of it. Empty when there is none.
    String matched(int index) {
        return index < matched.size() ? matched.get(index) : "";
    }

    void matched(List<String> values) {
        matched = values;
    }

    @Override
    public String toString() {
        return Arrays.toString(variables);
    }
}
