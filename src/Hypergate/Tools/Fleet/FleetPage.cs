using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet;

/// <summary>Pages of a list: a cursor names the row behind which it goes on, so that rows that come or go shift nothing.</summary>
internal static class FleetPage
{
    private const int FingerprintLength = 10;

    /// <summary>A cursor that goes on behind the row before a place.</summary>
    public static string Cursor(string query, IReadOnlyList<Cell[]> rows, int place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Hash(query)} {place} {(place > 0 && place <= rows.Count ? Hash(Key(rows[place - 1])) : "-")}")));

    /// <summary>The place at which a cursor goes on.</summary>
    /// <exception cref="FleetException">It is none of this list.</exception>
    public static int Place(string cursor, string query, IReadOnlyList<Cell[]> rows)
    {
        if (Read(cursor) is not [var fingerprint, var number, var key] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
        {
            throw new FleetException("invalid_arguments", "'cursor' is not one that an earlier answer gave.", "Copy it whole, or leave it out to start at the first row.");
        }

        if (fingerprint != Hash(query))
        {
            throw new FleetException("invalid_arguments", "'cursor' belongs to another query.", "Pass it with the same arguments, or leave it out to start at the first row.");
        }

        if (place > 0 && place <= rows.Count && Hash(Key(rows[place - 1])) == key)
        {
            return place;
        }

        for (var index = 0; index < rows.Count; index++)
        {
            if (Hash(Key(rows[index])) == key)
            {
                return index + 1;
            }
        }

        return Math.Min(place, rows.Count);
    }

    private static string[] Read(string cursor) => cursor.Length <= 200 && Base64Url.IsValid(cursor)
        ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ')
        : [];

    // What names a row: its texts and whole numbers up to the first that changes by itself would be better, but every table begins
    // with what names its rows.
    private static string Key(Cell[] row) => string.Join('\n', row.Take(4).Select(static cell => cell.Kind switch
    {
        CellKind.Text => cell.Text,
        CellKind.Int => cell.Int.ToString(CultureInfo.InvariantCulture),
        _ => "",
    }));

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..FingerprintLength];
}
