package palomar.sieve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A list of strings of a script, or one string as a list. Immutable.
public record Texts(List<Text> list) {
    public int size() {
        return list.size();
    }

    public Text get(int index) {
        return list.get(index);
    }

    public boolean isConstant() {
        for (Text text : list) {
            if (!text.isConstant()) {
                return false;
            }
        }
        return true;
    }

    /// Only those that are constant.
    public List<String> constants() {
        List<String> constants = new ArrayList<>(list.size());
        list.forEach(text -> text.constant().ifPresent(constants::add));
        return constants;
    }

    public List<String> values(Run run) {
        List<String> values = new ArrayList<>(list.size());
        for (Text text : list) {
            values.add(text.value(run));
        }
        return Collections.unmodifiableList(values);
    }
}
