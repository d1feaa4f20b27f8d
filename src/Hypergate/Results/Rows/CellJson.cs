using System.Globalization;
using System.Text.Json;
using Hypergate.Inventory.Tables;
using Hypergate.Results.Secrets;
using Hypergate.Results.Text;

namespace Hypergate.Results.Rows;

/// <summary>Writes cells as JSON values: texts cleaned and cut, moments in ISO 8601.</summary>
internal static class CellJson
{
    /// <param name="writer">Where to.</param>
    /// <param name="cell">The value.</param>
    /// <param name="characters">The most characters of a text; what is cut is counted.</param>
    public static void Write(Utf8JsonWriter writer, in Cell cell, int characters)
    {
        switch (cell.Kind)
        {
            case CellKind.Text:
                writer.WriteStringValue(Clean(cell.Text, characters));
                break;
            case CellKind.Int:
                writer.WriteNumberValue(cell.Int);
                break;
            case CellKind.Float:
                WriteNumber(writer, cell.Number);
                break;
            case CellKind.Bool:
                writer.WriteBooleanValue(cell.Bool);
                break;
            case CellKind.Time:
                writer.WriteStringValue(Moment(cell.Time));
                break;
            case CellKind.List:
                WriteList(writer, cell.List, characters);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>A moment as every answer writes it.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Minus zero is a number to programs and a riddle to people.
    private static void WriteNumber(Utf8JsonWriter writer, double number) => writer.WriteNumberValue(number == 0 ? 0 : number);

    private static void WriteList(Utf8JsonWriter writer, IReadOnlyList<string> list, int characters)
    {
        writer.WriteStartArray();
        var room = characters;
        for (var index = 0; index < list.Count; index++)
        {
            if (room <= 0)
            {
                writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"… (+{list.Count - index} items)"));
                break;
            }

            writer.WriteStringValue(Clean(list[index], characters));
            room -= list[index].Length + 1;
        }

        writer.WriteEndArray();
    }

    private static string Clean(string text, int characters)
    {
        var clean = CleanText.Inert(QuerySecrets.Hide(AddressCredentials.Hide(CleanText.Visible(text))));
        if (clean.Length <= characters)
        {
            return clean;
        }

        var start = CleanText.Start(clean, characters);
        return string.Create(CultureInfo.InvariantCulture, $"{start}… (+{clean.Length - start.Length} characters)");
    }
}
