using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Hypergate.Inventory.Tables;
using Hypergate.Model;

namespace Hypergate.Inventory;

/// <summary>Puts values where an operation wants them and in the type that it wants: path and query as arguments, the rest in the body.</summary>
internal static class OperationValues
{
    private const string Body = "body";

    /// <param name="operation">Its parameters, by their schemas, decide the types.</param>
    /// <param name="values">Values by name; those that are nothing are left out.</param>
    public static JsonElement Of(Operation operation, IReadOnlyList<(string Name, Cell Value)> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            var rest = new List<(string Name, Cell Value)>();
            foreach (var (name, value) in values)
            {
                if (value.IsNull)
                {
                    continue;
                }

                if (operation.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { } known)
                {
                    Write(writer, name, value, TypesOf(known.Schema));
                    continue;
                }

                rest.Add((name, value));
            }

            WriteBody(writer, operation, rest);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    // What the operation does not know stays visible, so that the check of arguments refuses it by name.
    private static void WriteBody(Utf8JsonWriter writer, Operation operation, List<(string Name, Cell Value)> values)
    {
        if (operation.Body is not { } body)
        {
            foreach (var (name, value) in values)
            {
                Write(writer, name, value, []);
            }

            return;
        }

        if (values.Count == 0 && !body.Required)
        {
            return;
        }

        var properties = body.Schema.Get("properties");
        writer.WriteStartObject(Body);
        foreach (var (name, value) in values)
        {
            Write(writer, name, value, TypesOf(properties.Get(name)));
        }

        writer.WriteEndObject();
    }

    private static string[] TypesOf(JsonElement schema) => schema.Get("type") switch
    {
        { ValueKind: JsonValueKind.String } type => [type.GetString()!],
        { ValueKind: JsonValueKind.Array } types => [.. types.EnumerateArray().Select(static type => type.ToString())],
        _ => [],
    };

    private static void Write(Utf8JsonWriter writer, string name, Cell value, string[] types)
    {
        writer.WritePropertyName(name);
        switch (value.Kind)
        {
            case CellKind.Text when types is ["integer"] && long.TryParse(value.Text, CultureInfo.InvariantCulture, out var whole):
                writer.WriteNumberValue(whole);
                break;
            case CellKind.Text when types is ["boolean"] && value.Text is "1" or "0" or "true" or "false":
                writer.WriteBooleanValue(value.Text is "1" or "true");
                break;
            case CellKind.Text when types is ["array"]:
                writer.WriteStartArray();
                writer.WriteStringValue(value.Text);
                writer.WriteEndArray();
                break;
            case CellKind.Int or CellKind.Float when types.Contains("string") && !types.Contains("integer") && !types.Contains("number"):
                writer.WriteStringValue(value.Number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case CellKind.Bool when types.Length > 0 && !types.Contains("boolean"):
                WriteDigit(writer, value.Bool, types.Contains("string"));
                break;
            case CellKind.List when types.Contains("string") && !types.Contains("array"):
                writer.WriteStringValue(string.Join(',', value.List));
                break;
            default:
                WritePlain(writer, value);
                break;
        }
    }

    private static void WriteDigit(Utf8JsonWriter writer, bool truth, bool asText)
    {
        if (asText)
        {
            writer.WriteStringValue(truth ? "1" : "0");
            return;
        }

        writer.WriteNumberValue(truth ? 1 : 0);
    }

    private static void WritePlain(Utf8JsonWriter writer, Cell value)
    {
        switch (value.Kind)
        {
            case CellKind.Text:
                writer.WriteStringValue(value.Text);
                break;
            case CellKind.Int:
                writer.WriteNumberValue(value.Int);
                break;
            case CellKind.Bool:
                writer.WriteBooleanValue(value.Bool);
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
                writer.WriteNumberValue(value.Number);
                break;
        }
    }
}
