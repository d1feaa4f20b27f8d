using System.Text.Json;

namespace Hypergate.Results;

/// <summary>
/// A way to write values down as text. Formats see only values that are cleaned, redacted and within the budget; they are pure
/// functions and decide nothing but the spelling.
/// </summary>
public interface IResultFormat
{
    /// <summary>What a caller writes to ask for it, such as <c>Csv</c>; compared without case.</summary>
    string Name { get; }

    /// <summary>Whether it holds rows and nothing else, so that an object with a table in it is better given as rows.</summary>
    bool HoldsRowsOnly => false;

    /// <summary>Whether a table of objects has their names once, and not with each value.</summary>
    bool NamesColumnsOnce => true;

    /// <summary>A list of objects.</summary>
    /// <param name="columns">Every column, also those that no row has.</param>
    /// <param name="rows">Flat objects: a property for each column that the row has. Values may be nested.</param>
    string Table(IReadOnlyList<string> columns, IReadOnlyList<JsonElement> rows);

    /// <summary>One object, or any other single value.</summary>
    string Record(JsonElement value);
}
