using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Hypergate.Tools.Fleet.Metrics;

/// <summary>A white picture to draw lines and small letters on, and to write as PNG.</summary>
internal sealed class PngCanvas
{
    private const int LetterWidth = 6;

    // Five rows of three dots for each letter, the highest bit first.
    private static readonly Dictionary<char, int> Letters = Read(
        "A25755 B65656 C34443 D65556 E74647 F74644 G34553 H55755 I72227 J11152 K55655 L44447 M57755 N65555 O25552 P65644 Q25563 R65655 S34216 T72222 U55557 V55522 W55775 X55255 Y55222 Z71247 "
        + "025552 126227 261247 361216 455711 574616 634653 771222 825252 925316 .00002 -00700 _00007 :02020 /11244 %51245 (24442 )21112 +02720");

    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _pixels;

    public PngCanvas(int width, int height)
    {
        (_width, _height) = (width, height);
        _pixels = new byte[width * height * 3];
        _pixels.AsSpan().Fill(0xff);
    }

    public void Line(double fromX, double fromY, double toX, double toY, uint colour)
    {
        var steps = (int)Math.Ceiling(Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)));
        for (var step = 0; step <= steps; step++)
        {
            var part = steps == 0 ? 0 : (double)step / steps;
            var (x, y) = ((int)Math.Round(fromX + ((toX - fromX) * part)), (int)Math.Round(fromY + ((toY - fromY) * part)));
            Dot(x, y, colour);
            Dot(x, y + 1, colour);
        }
    }

    public void Frame(int left, int top, int width, int height, uint colour)
    {
        for (var x = left; x <= left + width; x++)
        {
            Dot(x, top, colour);
            Dot(x, top + height, colour);
        }

        for (var y = top; y <= top + height; y++)
        {
            Dot(left, y, colour);
            Dot(left + width, y, colour);
        }
    }

    /// <summary>Letters, digits and a few signs; anything else is a gap.</summary>
    public void Text(string text, int left, int top, uint colour)
    {
        foreach (var character in text.Length > 24 ? text[..24] : text)
        {
            var dots = Letters.GetValueOrDefault(char.ToUpperInvariant(character));
            for (var index = 0; index < 15; index++)
            {
                if ((dots >> (14 - index) & 1) == 1)
                {
                    Dot(left + (index % 3), top + (index / 3), colour);
                    Dot(left + (index % 3), top + (index / 3), colour);
                }
            }

            left += LetterWidth - 2;
        }
    }

    public byte[] ToPng()
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, _width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), _height);
        (header[8], header[9]) = (8, 2); // Eight bits each of red, green and blue.
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", Compressed());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private void Dot(int x, int y, uint colour)
    {
        if (x < 0 || y < 0 || x >= _width || y >= _height)
        {
            return;
        }

        var at = ((y * _width) + x) * 3;
        (_pixels[at], _pixels[at + 1], _pixels[at + 2]) = ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
    }

    // Each row begins with the number of its filter: none.
    private byte[] Compressed()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            for (var row = 0; row < _height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(_pixels, row * _width * 3, _width * 3);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        file.Write(number);
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static Dictionary<char, int> Read(string font) => font.Split(' ')
        .ToDictionary(static letter => letter[0], static letter => letter[1..].Aggregate(0, static (dots, row) => (dots << 3) | (row - '0')));
}
