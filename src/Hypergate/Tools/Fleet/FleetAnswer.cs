using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet;

/// <summary>What a fleet tool found or did, before it is written in a format.</summary>
internal abstract record FleetAnswer
{
    private FleetAnswer()
    {
    }

    /// <summary>What the caller must know beside it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<ToolImage> Images { get; init; } = [];

    /// <summary>Rows in their order.</summary>
    /// <param name="Minimal">The columns that are shown unless asked otherwise.</param>
    /// <param name="Columns">All columns, in the order of the cells.</param>
    internal sealed record Table(IReadOnlyList<string> Minimal, IReadOnlyList<string> Columns, IReadOnlyList<Cell[]> Rows) : FleetAnswer;

    /// <summary>One object.</summary>
    /// <param name="Backend">Whose rules say what is hidden in it.</param>
    /// <param name="Value">A JSON object.</param>
    internal sealed record Record(string Backend, JsonElement Value) : FleetAnswer
    {
        public bool IsError { get; init; }

        /// <summary>The same for formats that name each value; null where <see cref="Value"/> does so already.</summary>
        public JsonElement? Named { get; init; }

        /// <summary>The same for formats that hold nothing but rows; null where the object is shown there as fields and values.</summary>
        public FleetRows? Rows { get; init; }
    }

    /// <summary>A change that waits for consent, or a preview of one.</summary>
    internal sealed record Preview(string Text) : FleetAnswer;
}

/// <summary>Rows that show an object.</summary>
/// <param name="Columns">What the cells mean.</param>
/// <param name="Cells">One array for each row.</param>
/// <param name="Remarks">What of the object is no row, in a line each.</param>
internal sealed record FleetRows(IReadOnlyList<string> Columns, IReadOnlyList<Cell[]> Cells, IReadOnlyList<string> Remarks);
