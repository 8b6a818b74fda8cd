package palomar.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import palomar.managesieve.ScriptCheck;
import palomar.scripts.ScriptOwner;

/// Judges scripts line by line, so that tests of the protocol need no compiler: a line `InvalidSieveCommand` is an
/// error, one with `odd` a warning.
final class LineCheck implements ScriptCheck {
    private final List<String> lists;

    /// @param lists as [Abilities] has them
    LineCheck(List<String> lists) {
        this.lists = lists;
    }

    @Override
    public Abilities abilities() {
        return new Abilities(List.of("fileinto", "vacation"), List.of("mailto"), OptionalInt.of(4), lists);
    }

    @Override
    public Findings check(byte[] script, ScriptOwner owner) {
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        String[] lines = new String(script, StandardCharsets.UTF_8).split("\r?\n");
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].equals("InvalidSieveCommand")) {
                errors.add("line " + (i + 1) + ": Syntax error");
            } else if (lines[i].contains("odd")) {
                warnings.add("line " + (i + 1) + ": this is odd");
            } else if (lines[i].equals("bug")) {
                throw new IllegalStateException("a bug in the compiler");
            }
        }
        return new Findings(errors, warnings);
    }
}
