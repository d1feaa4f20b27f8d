using System.Text;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>Says what is wrong with a JSON text the way the platform's parser does.</summary>
internal sealed class JsonFault
{
    private const string Where = " at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 934.\n";
    private const string Malformed = "malformed JSON string, neither tag, array, object, number, string or atom";
    private readonly string _text;
    private int _at;

    private JsonFault(string text) => _text = text;

    /// <summary>The first fault of a text that is no JSON.</summary>
    public static string Describe(string text)
    {
        var fault = new JsonFault(text);
        try
        {
            fault.Value();
            fault.Space();
            return fault.At("garbage after JSON object");
        }
        catch (FormatException exception)
        {
            return fault.At(exception.Message);
        }
    }

    private string At(string what)
    {
        var rest = _at < _text.Length ? _text[_at..] : "(end of string)";
        return $"{what}, at character offset {Encoding.UTF8.GetByteCount(_text.AsSpan(0, Math.Min(_at, _text.Length)))} (before \"{(rest.Length > 20 ? rest[..20] + "..." : rest)}\"){Where}";
    }

    private void Value()
    {
        Space();
        switch (Peek())
        {
            case '{':
                Members();
                break;
            case '[':
                Items();
                break;
            case '"':
                Text();
                break;
            case '-' or (>= '0' and <= '9'):
                while (Peek() is '-' or '+' or '.' or 'e' or 'E' or (>= '0' and <= '9'))
                {
                    _at++;
                }

                break;
            case 't' or 'f' or 'n':
                Word(Peek() == 't' ? "true" : Peek() == 'f' ? "false" : "null");
                break;
            default:
                throw new FormatException(Malformed);
        }
    }

    private void Members()
    {
        _at++;
        Space();
        while (Peek() != '}')
        {
            if (Peek() != '"')
            {
                throw new FormatException("'\"' expected");
            }

            Text();
            Space();
            Expect(':', "':' expected");
            Value();
            Space();
            if (Peek() != '}')
            {
                Expect(',', ", or } expected while parsing object/hash");
                Space();
            }
        }

        _at++;
    }

    private void Items()
    {
        _at++;
        Space();
        while (Peek() != ']')
        {
            Value();
            Space();
            if (Peek() != ']')
            {
                Expect(',', ", or ] expected while parsing array");
                Space();
            }
        }

        _at++;
    }

    private void Text()
    {
        for (_at++; Peek() != '"'; _at++)
        {
            if (_at >= _text.Length)
            {
                throw new FormatException("unexpected end of string while parsing JSON string");
            }

            if (Peek() == '\\')
            {
                _at++;
            }
        }

        _at++;
    }

    private void Word(string word)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
        {
            throw new FormatException($"'{word}' expected");
        }

        _at += word.Length;
    }

    private void Expect(char symbol, string otherwise)
    {
        if (Peek() != symbol)
        {
            throw new FormatException(otherwise);
        }

        _at++;
    }

    private void Space()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';
}
