using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Turns a YAML document into the JSON that says the same (YAML 1.2 core schema), from the parser's events and within limits.</summary>
public static class YamlDocument
{
    private const int MaxDepth = 200;
    private const int MaxEvents = 4_000_000;

    /// <summary>Whether a text is not JSON by its first character.</summary>
    public static bool MayBe(ReadOnlySpan<byte> text)
    {
        var start = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        start = start.TrimStart(" \r\n\t"u8);
        return start.IsEmpty || start[0] is not ((byte)'{' or (byte)'[');
    }

    /// <exception cref="DescriptionException">It is not YAML, or uses what documents have no use for.</exception>
    public static byte[] ToJson(ReadOnlySpan<byte> text)
    {
        var scanner = new Scanner(new StringReader(WithoutBlanks(Encoding.UTF8.GetString(text).TrimStart('\uFEFF'))));
        try
        {
            var parser = new Parser(scanner);
            var buffer = new ArrayBufferWriter<byte>(text.Length);
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
            {
                new Writer(parser, json).WriteDocument();
            }

            return buffer.WrittenSpan.ToArray();
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // Of some faults, such as a tab in front of a key, YamlDotNet does not say where they are.
            var start = exception is YamlException { Start: { Index: > 0 } told } ? told : scanner.CurrentPosition;
            var place = exception is YamlException ? $"line {start.Line}, column {start.Column}: " : "";
            throw new DescriptionException($"The document is neither JSON nor valid YAML: {place}{exception.Message}", exception);
        }
    }

    // The parser refuses a block of text that begins with a line of nothing but blanks, which real documents have.
    internal static string WithoutBlanks(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            plain.Append(line.IsWhiteSpace() ? [] : line).Append('\n');
        }

        return plain.ToString();
    }

    private sealed class Writer(Parser parser, Utf8JsonWriter json)
    {
        private readonly Dictionary<AnchorName, List<ParsingEvent>> _anchors = [];
        private int _events;

        public void WriteDocument()
        {
            Move();
            Move();
            if (parser.Current is StreamEnd or null)
            {
                json.WriteNullValue();
                return;
            }

            Move();
            _ = Write(Node(0), 0);
        }

        // A node as its events, so that an alias can repeat it.
        private List<ParsingEvent> Node(int depth)
        {
            if (depth > MaxDepth)
            {
                throw new DescriptionException($"The document is nested more than {MaxDepth} levels deep");
            }

            var start = parser.Current!;
            var events = new List<ParsingEvent>();
            var alias = start as AnchorAlias;
            if (alias is not null)
            {
                events.AddRange(_anchors.TryGetValue(alias.Value, out var known) ? known : throw new DescriptionException("The document refers to an anchor that is not defined before"));
                Count(events.Count);
            }
            else
            {
                events.Add(start);
                if (start is MappingStart or SequenceStart)
                {
                    while (Move() is not (MappingEnd or SequenceEnd))
                    {
                        events.AddRange(Node(depth + 1));
                    }

                    events.Add(parser.Current!);
                }
            }

            if (alias is null && start is NodeEvent { Anchor.IsEmpty: false } node)
            {
                _anchors[node.Anchor] = events;
            }

            return events;
        }

        private int Write(List<ParsingEvent> events, int place)
        {
            switch (events[place])
            {
                case MappingStart:
                    json.WriteStartObject();
                    for (place++; events[place] is not MappingEnd;)
                    {
                        json.WritePropertyName(events[place] is Scalar key ? key.Value : throw new DescriptionException("A key of the document is not a text"));
                        place = Write(events, place + 1);
                    }

                    json.WriteEndObject();
                    return place + 1;
                case SequenceStart:
                    json.WriteStartArray();
                    for (place++; events[place] is not SequenceEnd;)
                    {
                        place = Write(events, place);
                    }

                    json.WriteEndArray();
                    return place + 1;
                case Scalar scalar:
                    Write(scalar);
                    return place + 1;
                default:
                    throw new DescriptionException("The document holds something that is not a value");
            }
        }

        private void Write(Scalar scalar)
        {
            var text = scalar.Value;
            if (scalar.Style != ScalarStyle.Plain || scalar.Tag is { IsEmpty: false, IsNonSpecific: false })
            {
                json.WriteStringValue(text);
                return;
            }

            switch (text)
            {
                case "" or "~" or "null" or "Null" or "NULL":
                    json.WriteNullValue();
                    break;
                case "true" or "True" or "TRUE":
                    json.WriteBooleanValue(true);
                    break;
                case "false" or "False" or "FALSE":
                    json.WriteBooleanValue(false);
                    break;
                default:
                    WriteNumberOrText(text);
                    break;
            }
        }

        private void WriteNumberOrText(string text)
        {
            const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            var mayBeNumber = text[0] is '-' or '+' or '.' or (>= '0' and <= '9');
            if (mayBeNumber && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            {
                json.WriteNumberValue(whole);
            }
            else if (mayBeNumber && double.TryParse(text, Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteStringValue(text);
            }
        }

        private ParsingEvent? Move()
        {
            Count(1);
            parser.MoveNext();
            return parser.Current;
        }

        private void Count(int more)
        {
            _events += more;
            if (_events > MaxEvents)
            {
                throw new DescriptionException($"The document has more than {MaxEvents} parts, aliases counted each time");
            }
        }
    }
}
