namespace Hypergate.Results;

/// <summary>An answer as a caller gets it. Text and structured content show the same values.</summary>
/// <param name="Note">
/// One line about the answer, and one for each warning; empty where the data say it all. Never part of the data, so that they stay
/// readable to programs.
/// </param>
/// <param name="Data">The values in the asked format.</param>
public sealed record RenderedAnswer(string Note, string Data)
{
    /// <summary>Note and data as one text, within the budget.</summary>
    public string Text => Note.Length == 0 ? Data : $"{Note}\n\n{Data}";

    /// <summary>Characters of <see cref="Text"/>.</summary>
    internal int Length => Note.Length == 0 ? Data.Length : Note.Length + 2 + Data.Length;

    /// <summary>
    /// The same as an object, its JSON within the budget too; null where none was wanted. A list is
    /// <c>{columns, rows: [{…}], total, offset, returned, next_cursor?, warnings?}</c>, anything else <c>{value, note?}</c>.
    /// </summary>
    public WrittenJson? Structured { get; init; }

    /// <summary>What goes on after the last row shown; null at the end of a list and for single objects.</summary>
    public string? NextCursor { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
