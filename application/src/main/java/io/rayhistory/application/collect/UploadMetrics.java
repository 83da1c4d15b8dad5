package io.rayhistory.application.collect;

/** What is counted while events are sent. Called by several threads. */
public interface UploadMetrics {

    /** For who does not count. */
    UploadMetrics NONE = new UploadMetrics() {
        @Override
        public void sent(long plainBytes, long storedBytes) {
            // Not counted.
        }

        @Override
        public void failed() {
            // Not counted.
        }

        @Override
        public void adopted() {
            // Not counted.
        }

        @Override
        public void renamed() {
            // Not counted.
        }
    };

    /** The store has confirmed so many bytes of lines, for which its object grew by so many bytes. */
    void sent(long plainBytes, long storedBytes);

    /** An attempt failed; it will be repeated. */
    void failed();

    /** An object was found to hold what the file begins with: an answer was lost, or the process before had sent it. */
    void adopted();

    /** An object of that name holds something else; the lines go to the next name. */
    void renamed();
}
