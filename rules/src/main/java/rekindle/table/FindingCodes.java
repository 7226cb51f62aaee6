package rekindle.table;

/** Every {@link Finding#code()} that reading a workbook gives; stable, documented here only. */
public final class FindingCodes {
  private FindingCodes() {}

  // The file

  /** The file has no content. */
  public static final String FILE_EMPTY = "file_empty";

  /** The file is larger than 5 MB. */
  public static final String FILE_TOO_LARGE = "file_too_large";

  /** The file is no .xlsx workbook: .xls, .ods, .csv or something else. */
  public static final String NOT_XLSX = "not_xlsx";

  /** The file is protected by a password. */
  public static final String ENCRYPTED = "encrypted";

  /** The file is cut off or damaged. */
  public static final String DAMAGED = "damaged";

  /** The file unpacks to far more than it holds: too many parts, too large, too dense. */
  public static final String ZIP_BOMB = "zip_bomb";

  /** The file holds a document type or entities, which no spreadsheet program writes. */
  public static final String DOCTYPE = "doctype";

  /** The file holds macros. */
  public static final String MACRO = "macro";

  /** The file refers to other files or data connections; links in cells are allowed. */
  public static final String EXTERNAL_LINK = "external_link";

  /** The file holds embedded objects or controls. */
  public static final String EMBEDDED_OBJECT = "embedded_object";

  /** More than 500,000 cells are filled in. */
  public static final String TOO_MANY_CELLS = "too_many_cells";

  /** The workbook has more than 100 sheets. */
  public static final String TOO_MANY_SHEETS = "too_many_sheets";

  /** More findings than are listed. */
  public static final String MORE_FINDINGS = "more_findings";

  // Sheets and columns

  /** A table's sheet is not there. */
  public static final String SHEET_MISSING = "sheet_missing";

  /** Warning: a sheet that is no table; it is ignored. */
  public static final String SHEET_UNKNOWN = "sheet_unknown";

  /** Two sheets have names that differ in blanks or letter case only. */
  public static final String SHEET_DUPLICATED = "sheet_duplicated";

  /** The header row was not found. */
  public static final String HEADER_MISSING = "header_missing";

  /** A column of the table is not there. */
  public static final String COLUMN_MISSING = "column_missing";

  /** Two columns carry the same label. */
  public static final String COLUMN_DUPLICATED = "column_duplicated";

  /** Warning: a column that the table does not have; it is ignored. */
  public static final String COLUMN_UNKNOWN = "column_unknown";

  /** Warning: the hidden Drools rows were changed; they are ignored. */
  public static final String CODE_ROWS_CHANGED = "code_rows_changed";

  // Rows

  /** A row has no id. */
  public static final String ID_MISSING = "id_missing";

  /** Two rows of a sheet have the same id. */
  public static final String ID_DUPLICATED = "id_duplicated";

  /** The id is a word with a meaning of its own. */
  public static final String ID_RESERVED = "id_reserved";

  /** A first-hit table has no otherwise row. */
  public static final String OTHERWISE_MISSING = "otherwise_missing";

  /** {@code otherwise} stands where it has no meaning, or the otherwise row is not whole. */
  public static final String OTHERWISE_MISPLACED = "otherwise_misplaced";

  /** A row below the otherwise row. */
  public static final String ROW_AFTER_OTHERWISE = "row_after_otherwise";

  /** From lies after To. */
  public static final String FROM_AFTER_TO = "from_after_to";

  // Cells

  /** A cell is blank that must not be. */
  public static final String CELL_BLANK = "cell_blank";

  /** A cell holds a formula. */
  public static final String FORMULA = "formula";

  /** A cell shows an error of the spreadsheet program, such as #REF!. */
  public static final String CELL_ERROR = "cell_error";

  /** A cell's text is too long. */
  public static final String TEXT_TOO_LONG = "text_too_long";

  /** A cell holds an invisible or control character. */
  public static final String BAD_CHARACTER = "bad_character";

  /** A code, place, zone, currency or yes/no that is not known. */
  public static final String CODE_UNKNOWN = "code_unknown";

  /** A list where one value is expected, or a list with blank or repeated items. */
  public static final String BAD_LIST = "bad_list";

  /** {@code any}, {@code unknown}, {@code none} or {@code not} where it has no meaning. */
  public static final String WORD_MISPLACED = "word_misplaced";

  /** No number, or one that can be read in two ways. */
  public static final String BAD_NUMBER = "bad_number";

  /** A number outside its limits or with too many digits after the point. */
  public static final String OUT_OF_RANGE = "out_of_range";

  /** No date, or one that can be read in two ways. */
  public static final String BAD_DATE = "bad_date";

  /** No time of day. */
  public static final String BAD_TIME = "bad_time";

  /** No UTC offset. */
  public static final String BAD_OFFSET = "bad_offset";

  /** No instant. */
  public static final String BAD_TIMESTAMP = "bad_timestamp";

  /** No name: letters, digits, - _ . only. */
  public static final String BAD_NAME = "bad_name";
}
