/// Posts notifications to web servers.
@NullMarked
package palomar.webhook;

import org.jspecify.annotations.NullMarked;
