using System.Text;

namespace Hypergate.Simulator.PxCloud.Description;

/// <summary>A description such as generators write that take in a whole chapter of a manual: 5,000 characters, with the hint at the very end.</summary>
internal static class LongText
{
    private const int Length = 5_000;

    private static readonly string[] Kinds = ["ping", "http", "tcp", "storage", "quorum"];

    public static string Around(string description)
    {
        const string Hint = "AI hint: look for a monitor with the same target first; two of a kind alarm twice.";
        var text = new StringBuilder(description);
        for (var number = 1; text.Length < Length - Hint.Length - 200; number++)
        {
            var kind = Kinds[number % Kinds.Length];
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Note {number}: a monitor of kind {kind} counts as in order when {number % 4 + 1} of its last {number % 4 + 3} looks went well; between two looks nothing is known of its target. ");
        }

        return text.Append(Hint).ToString();
    }
}
