using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Governance.Gates;

/// <summary>Numbers of arguments, which may also be written as text.</summary>
internal static class GateNumber
{
    private const double LargestExact = 9007199254740992;

    public static bool TryRead(JsonValue value, out double number) =>
        double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>A number as the argument was written, whole where it is whole.</summary>
    public static JsonNode Write(double number, bool asText)
    {
        var isWhole = Math.Abs(number) <= LargestExact && Math.Floor(number) == number;
        var text = isWhole ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
        return asText ? JsonValue.Create(text) : isWhole ? JsonValue.Create((long)number) : JsonValue.Create(number);
    }
}
