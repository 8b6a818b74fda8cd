package palomar.sievetest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import palomar.sieve.Settings;

/// External lists of the settings `sieve_extlists_list`. RFC 6134
record TestLists(Path folder, Settings settings) {
    private static final String GROUP = "sieve_extlists_list";

    boolean has(String list) {
        return member(list).isPresent();
    }

    boolean contains(String list, String value) {
        return dict(list).flatMap(dict -> dict.get(value)).isPresent();
    }

    /// Those for `redirect :list`: the keys of the dict.
    Optional<List<String>> members(String list) {
        return member(list)
                .map(name -> dict(list)
                        .map(dict -> dict.values().keySet().stream().sorted().toList())
                        .orElse(List.of()));
    }

    private Optional<String> member(String list) {
        for (String name : settings.list(GROUP)) {
            String called = settings.get(GROUP + "/" + name + "/name").orElse(name);
            if (called.equals(list)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private Optional<FileDict> dict(String list) {
        Optional<String> path = member(list)
                .map(name -> GROUP + "/" + name + "/")
                .flatMap(start -> settings.get(start + "dict/file/path")
                        .or(() -> settings.get(start + "dict/file/dict_file_path")));
        Optional<Path> file = path.map(folder::resolve).filter(Files::isRegularFile);
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(FileDict.read(file.get()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
