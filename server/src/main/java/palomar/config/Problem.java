package palomar.config;

/// One thing that is wrong in a configuration file.
///
/// @param file as it was named to us
/// @param line 1-based; 0 when the problem is the file itself
/// @param column 1-based
public record Problem(String file, int line, int column, String text) implements Comparable<Problem> {

    /// `palomar.toml:12:5: text`, the form that editors jump to.
    @Override
    public String toString() {
        return line == 0 ? file + ": " + text : file + ":" + line + ":" + column + ": " + text;
    }

    @Override
    public int compareTo(Problem other) {
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }
}
