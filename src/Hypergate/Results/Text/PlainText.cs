using System.Buffers;

namespace Hypergate.Results.Text;

/// <summary>
/// Tells texts that nothing has to be done to. Most values of a platform are such (ids, names, states), and a list has thousands of
/// them: they go into an answer as the bytes they came in.
/// </summary>
internal static class PlainText
{
    // Printable ASCII but for what JSON escapes, what markup begins or ends with, the bar of tables, and the colon of addresses.
    private static readonly SearchValues<byte> Harmless = SearchValues.Create(
        " #$%&'()*+,-./0123456789;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[^_abcdefghijklmnopqrstuvwxyz{}"u8);

    /// <summary>
    /// Whether every method of <see cref="CleanText"/> gives the text as it is, JSON and Markdown tables spell it as it is, and no
    /// address is in it. False only means that it has to be looked at.
    /// </summary>
    /// <param name="text">What stands between the quotes of a JSON string.</param>
    public static bool Is(ReadOnlySpan<byte> text) =>
        text.IsEmpty || (!text.ContainsAnyExcept(Harmless) && text[0] != (byte)' ' && text[^1] != (byte)' ');
}
