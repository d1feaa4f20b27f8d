using Hypergate.Results.Secrets;
using Hypergate.Results.Text;

namespace Hypergate.Results;

/// <summary>Texts for a person's terminal or a log file: one line that a terminal cannot be fooled by, without secrets.</summary>
public static class LogText
{
    private const int LongestLine = 2_000;

    /// <param name="text">May hold what a platform said.</param>
    /// <param name="scrubber">The secrets of this process, where they are known already.</param>
    public static string Line(string text, SecretScrubber scrubber) =>
        CleanText.Line(SecretPatterns.Hide(scrubber.Scrub(CleanText.Visible(text))), LongestLine);
}
