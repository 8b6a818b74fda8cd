package palomar.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One way to make another body part of a body part. Immutable.
public interface Conversion {
    MediaType from();

    MediaType to();

    /// Names of the parameters that it knows, in lower case. RFC 5259 7
    List<String> parameters();

    /// Does the work.
    ///
    /// @param parameters by name in lower case; all of them known
    /// @throws IOException when the content can't be read
    Converted convert(PartContent part, Map<String, String> parameters, ConversionLimits limits)
            throws IOException, Unconvertible;

    /// The parameters that it does not know.
    default List<String> foreign(Map<String, String> asked) {
        List<String> foreign = new ArrayList<>(asked.keySet());
        foreign.removeAll(parameters());
        return foreign;
    }
}
