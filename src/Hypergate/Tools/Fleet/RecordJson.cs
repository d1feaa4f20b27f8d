using System.Text.Json;

namespace Hypergate.Tools.Fleet;

/// <summary>Fields of records, with null where there is nothing.</summary>
internal static class RecordJson
{
    extension(Utf8JsonWriter writer)
    {
        public void Number(string name, double? value)
        {
            if (value is { } number && double.IsFinite(number))
            {
                writer.WriteNumber(name, Math.Abs(number) < 1e15 && number == Math.Floor(number) ? (decimal)number : (decimal)Math.Round(number, 4));
                return;
            }

            writer.WriteNull(name);
        }

        public void Flag(string name, bool? value)
        {
            if (value is { } truth)
            {
                writer.WriteBoolean(name, truth);
                return;
            }

            writer.WriteNull(name);
        }

        /// <summary>0 to 100 with one decimal.</summary>
        public void Percent(string name, double? part, double? whole) =>
            writer.Number(name, part is { } some && whole is > 0 ? Math.Round(some * 100 / whole.Value, 1, MidpointRounding.AwayFromZero) : null);

        public void Texts(string name, IEnumerable<string> values)
        {
            writer.WriteStartArray(name);
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }
    }
}
