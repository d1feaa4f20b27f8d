using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory;

/// <summary>Cells as JSON: moments in ISO 8601 with seconds, whole numbers without a fraction, lists as arrays.</summary>
internal static class CellJson
{
    public static void Write(Utf8JsonWriter writer, Cell value)
    {
        switch (value.Kind)
        {
            case CellKind.Text:
                writer.WriteStringValue(value.Text);
                break;
            case CellKind.Int:
                writer.WriteNumberValue(value.Int);
                break;
            case CellKind.Float:
                writer.WriteNumberValue(value.Number);
                break;
            case CellKind.Bool:
                writer.WriteBooleanValue(value.Bool);
                break;
            case CellKind.Time:
                writer.WriteStringValue(value.Time.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case CellKind.List:
                writer.WriteStartArray();
                foreach (var text in value.List)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
