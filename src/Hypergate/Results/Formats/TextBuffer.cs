using System.Buffers;
using System.Text;

namespace Hypergate.Results.Formats;

/// <summary>Text of many small parts in one rented array. Use it once, by reference, and return it with its text.</summary>
internal struct TextBuffer()
{
    private const int First = 32 * 1_024;
    private char[] _characters = ArrayPool<char>.Shared.Rent(First);
    private int _length;

    public void Append(string text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    /// <summary>Bytes that are known to be ASCII.</summary>
    public void AppendAscii(ReadOnlySpan<byte> ascii) => _length += Encoding.ASCII.GetChars(ascii, Room(ascii.Length));

    public string ToStringAndReturn()
    {
        var text = new string(_characters, 0, _length);
        ArrayPool<char>.Shared.Return(_characters);
        _characters = [];
        return text;
    }

    private Span<char> Room(int length)
    {
        if (_characters.Length - _length < length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + length, _characters.Length * 2));
            _characters.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_characters);
            _characters = larger;
        }

        return _characters.AsSpan(_length);
    }
}
